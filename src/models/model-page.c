/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTML of a message that is written: cleaned before it is shown, kept or sent; and the quote that it begins with. */
#include "model-page.h"

#include "base-error.h"
#include "html-clean.h"
#include "html-writing.h"
#include "model-page-pictures.h"

static void
keep_shown (GPtrArray *pictures, const HtmlPage *page)
{
  for (guint i = pictures->len; i-- > 0;)
    {
      const MimeDraftFile *picture = g_ptr_array_index (pictures, i);

      if (!g_strv_contains ((const char *const *) page->content_ids, picture->content_id))
        g_ptr_array_remove_index (pictures, i);
    }
}

gboolean
model_page_clean (MimeDraft *value, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (value->html, -1);
  g_autoptr (HtmlPage) page = html_clean (valid, HTML_CLEAN_TO_WRITE);
  g_autofree char *marked = page ? html_writing_mark_directions (page->html) : NULL;

  if (!page)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_TOO_LARGE, "The text is too large to be sent with formatting.");
      return FALSE;
    }
  g_free (value->html);
  value->html = marked ? g_steal_pointer (&marked) : g_steal_pointer (&page->html);
  keep_shown (value->pictures, page);
  model_page_pictures_take (value);
  return TRUE;
}

void
model_page_drop (MimeDraft *value)
{
  g_clear_pointer (&value->html, g_free);
  for (guint i = 0; i < value->pictures->len; i++)
    {
      const MimeDraftFile *picture = g_ptr_array_index (value->pictures, i);

      mime_draft_add_file (value, picture->name, picture->content_type, picture->data);
    }
  g_ptr_array_set_size (value->pictures, 0);
}

void
model_page_quote (MimeDraft *draft, MimeMessage *original, MimeReplyKind kind, const char *attribution)
{
  const char *html = kind == MIME_FORWARD_ATTACHED ? NULL : mime_message_get_html (original);
  g_autoptr (HtmlPage) page = html ? html_clean (html, HTML_CLEAN_TO_WRITE) : NULL;

  if (!page)
    return;
  mime_reply_quote_html (draft, original, kind, attribution, page->html);
  model_page_pictures_take (draft);
}
