/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft that is written with formatting: its HTML as the editor last told it, the pictures in it, and the way to plain text and back. */
#include "base-error.h"
#include "html-writing.h"
#include "mime-encode.h"
#include "mime-html-text.h"
#include "model-draft-file.h"
#include "model-draft-private.h"
#include "model-draft-rich.h"

#include <string.h>

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

/* What it begins with */

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

void
model_draft_begin_rich (ModelDraft *self)
{
  g_return_if_fail (!self->is_rich);

  model_draft_put_html (self, html_writing_from_text (self->texts[MODEL_DRAFT_BODY], model_draft_get_signature (self)));
  self->begun_html = g_strdup (self->html);
  self->is_rich = TRUE;
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
      model_draft_emit_signed (self, from, to);
      return;
    }
  place = *from ? strstr (html, from) : html + strlen (html);
  if (place)
    model_draft_put_html (self, replace (html, place, strlen (from), to));
}

/* The editor */

void
model_draft_set_editor (ModelDraft *self, ModelDraftAsk ask, gpointer data)
{
  self->ask = ask;
  self->ask_data = data;
  if (!ask)
    model_draft_go_on (self, NULL);
}

gboolean
model_draft_ask (ModelDraft *self)
{
  if (!self->is_rich || !self->is_typed || !self->ask)
    return FALSE;
  self->is_asking = TRUE;
  self->ask (self, self->ask_data);
  return TRUE;
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

/* Pictures */

gboolean
model_draft_takes_picture (const char *content_type)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };

  return g_strv_contains (types, content_type);
}

char *
model_draft_add_picture (ModelDraft *self, const char *name, const char *content_type, GBytes *data, GError **error)
{
  g_autofree char *id = NULL;

  if (!model_draft_check_room (self, (gint64) g_bytes_get_size (data), error))
    return NULL;
  id = mime_encode_random ();
  model_draft_put_picture (self, id, model_draft_file_new (name, content_type, data));
  return g_steal_pointer (&id);
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
