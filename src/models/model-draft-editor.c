/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of a draft with formatting: what it alone knows, and that it is asked before anything is saved or sent. */
#include "base-error.h"
#include "model-draft-private.h"

void
model_draft_set_editor (ModelDraft *self, ModelDraftAsk ask, gpointer data)
{
  self->ask = ask;
  self->ask_data = data;
  if (!ask)
    model_draft_go_on (self, NULL);
}

void
model_draft_note_typed (ModelDraft *self)
{
  self->is_typed = TRUE;
  model_draft_note_edit (self);
}

void
model_draft_take_html (ModelDraft *self, const char *html)
{
  g_autoptr (GError) error = NULL;

  if (html)
    {
      model_draft_put_html (self, g_strdup (html));
      self->is_typed = FALSE;
    }
  else
    g_set_error_literal (&error, BASE_ERROR, BASE_ERROR_FAILED, "The part of the window that the text stands in does not answer.");
  model_draft_go_on (self, error);
}

gboolean
model_draft_is_typed (ModelDraft *self)
{
  return self->is_typed;
}

void
model_draft_lose_typed (ModelDraft *self)
{
  self->is_typed = FALSE;
  if (self->is_asking)
    model_draft_take_html (self, NULL);
}
