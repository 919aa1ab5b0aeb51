/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft that is written with formatting: how it begins, and the way to plain text and back. */
#include "html-writing.h"
#include "model-draft-private.h"
#include "model-draft-rich.h"

void
model_draft_begin_rich (ModelDraft *self)
{
  g_return_if_fail (!self->is_rich);

  model_draft_put_html (self, html_writing_from_text (self->texts[MODEL_DRAFT_BODY], model_draft_get_signature (self)));
  self->begun_html = g_strdup (self->html);
  self->is_rich = TRUE;
}

/* Pictures */

gboolean
model_draft_takes_picture (const char *content_type)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };

  return g_strv_contains (types, content_type);
}

/* To plain text and back */

void
model_draft_make_plain (ModelDraft *self)
{
  g_return_if_fail (self->is_rich);

  g_free (self->texts[MODEL_DRAFT_BODY]);
  self->texts[MODEL_DRAFT_BODY] = g_strdup (model_draft_get_written_text (self));
  g_free (self->text_left_behind);
  self->text_left_behind = g_strdup (self->texts[MODEL_DRAFT_BODY]);
  self->is_rich = self->is_typed = FALSE;
  model_draft_note_edit (self);
  g_object_notify (G_OBJECT (self), "text");
  g_object_notify (G_OBJECT (self), "is-rich");
}

void
model_draft_make_rich (ModelDraft *self, gboolean as_it_was)
{
  const char *text = self->texts[MODEL_DRAFT_BODY];

  g_return_if_fail (!self->is_rich);

  /* Where nothing was changed meanwhile, nothing is lost. */
  if (!self->html || !(as_it_was || g_strcmp0 (text, self->text_left_behind) == 0))
    model_draft_put_html (self, html_writing_from_text (text, model_draft_get_signature (self)));
  self->is_rich = TRUE;
  self->is_typed = FALSE;
  model_draft_note_edit (self);
  g_object_notify (G_OBJECT (self), "is-rich");
}

ModelFormatting
model_draft_find_formatting (ModelDraft *self, guint *n_pictures)
{
  HtmlFormatting found = html_writing_find_formatting (model_draft_get_html (self));

  *n_pictures = found.n_pictures;
  return (found.has_fonts ? MODEL_FORMATTING_FONTS : 0) | (found.has_tables ? MODEL_FORMATTING_TABLES : 0)
         | (found.n_pictures > 0 ? MODEL_FORMATTING_PICTURES : 0);
}
