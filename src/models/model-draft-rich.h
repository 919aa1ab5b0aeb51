/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ModelDraft can do that is written with formatting. Main thread. */
#pragma once

#include "model-draft-file.h"
#include "model-draft.h"

G_BEGIN_DECLS

/* The draft's property "is-rich" (gboolean, read-only, notify) says whether it is; "text" is then what plain text would be made of it.
 * Signal "signed" (string old, string new): another identity signs: the element that stands in the HTML for the one, and what is to stand
 * there; for the editor. Without one the draft does it. */
gboolean model_draft_is_rich (ModelDraft *self);

gboolean model_draft_is_written_last (ModelDraft *self); /* the place to write at is under the quote */

/* model_draft_get_html: (transfer none): what stands in the body, as the editor last told it; clean (html-clean.h) until then */
const char *model_draft_get_html (ModelDraft *self);

/**
 * ModelDraftAsk:
 *
 * The HTML is wanted, to be kept or sent: answer with model_draft_take_html (), at once or later
 */
typedef void (*ModelDraftAsk) (ModelDraft *self, gpointer data);

/* model_draft_set_editor: who is asked before what was typed is saved or sent; %NULL: nobody any more: what was last told counts */
void model_draft_set_editor (ModelDraft *self, ModelDraftAsk ask, gpointer data);
void model_draft_note_typed (ModelDraft *self); /* the editor's text has changed */

/* model_draft_take_html: @html (nullable): it cannot be told: what waited for it fails, and may be tried again */
void model_draft_take_html (ModelDraft *self, const char *html);

gboolean model_draft_is_typed (ModelDraft *self); /* the editor has more than the draft knows */

/* model_draft_read_async: once it has ended, "text" and model_draft_get_html () are what stands in the editor; model_draft_finish () ends it too:
 * %BASE_ERROR_FAILED when the editor does not answer */
void model_draft_read_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_draft_lose_typed: what was typed since the editor last told is gone with it */
void model_draft_lose_typed (ModelDraft *self);

/* model_draft_add_picture: (transfer full) (nullable): the Content-ID by which the HTML may show it; %BASE_ERROR_TOO_LARGE with all that is attached */
char *model_draft_add_picture (ModelDraft *self, const char *name, const char *content_type, GBytes *data, GError **error);
ModelDraftFile *model_draft_get_picture (ModelDraft *self, const char *content_id); /* (transfer none) (nullable) */

gboolean model_draft_takes_picture (const char *content_type); /* one that every program shows */

/* model_draft_load_picture_async: reads the file; finish: as model_draft_add_picture (), or %BASE_ERROR_FILE (not to be read, no picture that
 * every program shows) */
void model_draft_load_picture_async (ModelDraft *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *model_draft_load_picture_finish (ModelDraft *self, GAsyncResult *result, GError **error);

/* What plain text cannot say */
typedef enum
{
  MODEL_FORMATTING_FONTS = 1 << 0,
  MODEL_FORMATTING_TABLES = 1 << 1,
  MODEL_FORMATTING_PICTURES = 1 << 2,
} ModelFormatting;

ModelFormatting model_draft_find_formatting (ModelDraft *self, guint *n_pictures);

/* model_draft_make_plain: the text takes the HTML's place; what the editor last told is kept for the way back */
void model_draft_make_plain (ModelDraft *self);

/* model_draft_begin_rich: before anything was written: with formatting from the start */
void model_draft_begin_rich (ModelDraft *self);

/* model_draft_make_rich: with the formatting that it had if the text is still the one made of it, or with @as_it_was; else paragraphs and quotes */
void model_draft_make_rich (ModelDraft *self, gboolean as_it_was);

G_END_DECLS
