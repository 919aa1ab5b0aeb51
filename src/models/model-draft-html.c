/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a draft, with formatting or without, and that it changed. */
#include "html-writing.h"
#include "mime-html-text.h"
#include "model-draft-file.h"
#include "model-draft-private.h"

#include <string.h>

gboolean
model_draft_is_changed (ModelDraft *self)
{
  return self->edits != self->saved_edits && !self->is_over;
}

void
model_draft_note_edit (ModelDraft *self)
{
  gboolean was_changed = model_draft_is_changed (self);

  self->edits++;
  if (!was_changed)
    g_object_notify (G_OBJECT (self), "is-changed");
}

const char *
model_draft_get_signature (ModelDraft *self)
{
  return self->identity ? account_identity_get_signature (self->identity) : "";
}

gboolean
model_draft_is_rich (ModelDraft *self)
{
  return self->is_rich;
}

gboolean
model_draft_is_written_last (ModelDraft *self)
{
  return self->is_written_last;
}

const char *
model_draft_get_html (ModelDraft *self)
{
  return self->html ? self->html : "";
}

const char *
model_draft_get_written_text (ModelDraft *self)
{
  if (!self->is_rich)
    return self->texts[MODEL_DRAFT_BODY];
  if (!self->text_of_html)
    {
      self->text_of_html = mime_html_to_written_text (model_draft_get_html (self));
      if (g_str_has_suffix (self->text_of_html, "\n"))
        self->text_of_html[strlen (self->text_of_html) - 1] = '\0';
    }
  return self->text_of_html;
}

void
model_draft_put_html (ModelDraft *self, char *html)
{
  g_free (self->html);
  self->html = html;
  g_clear_pointer (&self->text_of_html, g_free);
}

void
model_draft_begin_html (ModelDraft *self, char *html, ModelDraftWishes wishes)
{
  static const char place[] = "<div><br></div>";
  g_autofree char *signature = html_writing_sign (model_draft_get_signature (self));
  char *begun = html;

  if (self->answer_flag != 0)
    {
      self->is_written_last = (wishes & MODEL_DRAFT_QUOTE_FIRST) && self->answer_flag == MAIL_FLAG_ANSWERED;
      begun = self->is_written_last ? g_strconcat (html, place, *signature ? place : "", signature, NULL)
                                    : g_strconcat (place, place, signature, *signature ? place : "", html, NULL);
      g_free (html);
      self->begun_html = g_strdup (begun);
    }
  self->is_rich = TRUE;
  model_draft_put_html (self, begun);
}

gboolean
model_draft_is_html_blank (ModelDraft *self)
{
  if (self->is_typed)
    return FALSE;
  if (self->begun_html)
    return strcmp (model_draft_get_html (self), self->begun_html) == 0;
  return !*model_draft_get_written_text (self) && html_writing_find_formatting (model_draft_get_html (self)).n_pictures == 0;
}

static char *
replace (const char *text, const char *place, gsize length, const char *with)
{
  return g_strdup_printf ("%.*s%s%s", (int) (place - text), text, with, place + length);
}

void
model_draft_swap_html_signature (ModelDraft *self, const char *old, const char *signature)
{
  g_autofree char *from = html_writing_sign (old);
  g_autofree char *to = html_writing_sign (signature);
  const char *html = model_draft_get_html (self), *place;

  if (strcmp (from, to) == 0)
    return;
  if (self->ask)
    {
      g_signal_emit_by_name (self, "signed", from, to);
      return;
    }
  place = *from ? strstr (html, from) : html + strlen (html);
  if (place)
    model_draft_put_html (self, replace (html, place, strlen (from), to));
}

void
model_draft_put_picture (ModelDraft *self, const char *content_id, ModelDraftFile *picture)
{
  g_hash_table_insert (self->pictures, g_strdup (content_id), picture);
}

ModelDraftFile *
model_draft_get_picture (ModelDraft *self, const char *content_id)
{
  return g_hash_table_lookup (self->pictures, content_id);
}
