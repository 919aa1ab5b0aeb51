/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of drafts with formatting: what an editor tells is kept with its pictures, and nothing leaves that it did not tell. */
#include "base-error.h"
#include "mime-builder.h"
#include "mime-message.h"
#include "mime-summary.h"
#include "model-draft-rich.h"
#include "model-test.h"
#include "store-messages.h"

#include <string.h>

#define DIRTY "<div onclick=\"x()\">Hi <b>you</b><script>alert(1)</script></div><img src=\"http://x.example/a.png\"><span class=\"Apple-tab-span\">!</span>"
#define CLEAN "<div>Hi <b>you</b></div><span>!</span>"

/* A web view that says what it is made to. */
typedef struct
{
  const char *html;   /* NULL: it cannot say */
  guint n_asked;
} Editor;

static void
on_asked (ModelDraft *draft, gpointer data)
{
  Editor *editor = data;

  editor->n_asked++;
  model_draft_take_html (draft, editor->html);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_ended (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static gboolean
save (ModelDraft *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  model_draft_save_async (draft, NULL, on_ended, &result);
  model_test_wait (has_ended, &result);
  return model_draft_finish (draft, result, error);
}

static ModelDraft *
open_draft (ModelTest *test, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ModelDraft *draft;

  model_draft_open_async (test->store, test->accounts, id, NULL, on_ended, &result);
  model_test_wait (has_ended, &result);
  draft = model_draft_open_finish (result, &error);
  g_assert_no_error (error);
  return draft;
}

static ModelDraft *
begin (ModelTest *test, Editor *editor)
{
  ModelDraft *draft = model_draft_new (test->store, test->accounts, test->account);

  model_draft_begin_rich (draft);
  model_draft_set_editor (draft, on_asked, editor);
  return draft;
}

static void
type_html (ModelDraft *draft, Editor *editor, const char *html)
{
  editor->html = html;
  model_draft_note_typed (draft);
}

static void
test_kept_clean (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autoptr (ModelDraft) again = NULL;
  g_autofree char *text = NULL;

  type_html (draft, &editor, DIRTY);
  g_assert_true (model_draft_is_changed (draft));
  g_assert_true (save (draft, NULL));
  g_assert_cmpuint (editor.n_asked, ==, 1);
  g_assert_false (model_draft_is_changed (draft));
  again = open_draft (test, model_draft_get_id (draft));
  g_assert_true (model_draft_is_rich (again));
  g_assert_cmpstr (model_draft_get_html (again), ==, CLEAN);
  g_object_get (again, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Hi you\n!");
}

static void
test_pictures_kept (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autoptr (ModelDraft) again = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autofree char *shown = model_draft_add_picture (draft, "a.png", "image/png", bytes, NULL);
  g_autofree char *removed = model_draft_add_picture (draft, "b.png", "image/png", bytes, NULL);
  g_autofree char *html = g_strdup_printf ("<div>a</div><img src=\"cid:%s\">", shown);
  ModelDraftFile *picture;

  type_html (draft, &editor, html);
  g_assert_true (save (draft, NULL));
  again = open_draft (test, model_draft_get_id (draft));
  picture = model_draft_get_picture (again, shown);
  g_assert_nonnull (picture);
  g_assert_true (g_bytes_equal (model_draft_file_get_data (picture), bytes));
  g_assert_null (model_draft_get_picture (again, removed));
  g_assert_cmpuint (g_list_model_get_n_items (model_draft_get_files (again)), ==, 0);
  g_assert_cmpint (model_draft_get_files_size (again), ==, 3);
}

static void
test_picture_alone_is_missed (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autoptr (ModelDraft) again = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autofree char *id = model_draft_add_picture (draft, "a.png", "image/png", bytes, NULL);
  g_autofree char *html = g_strdup_printf ("<img src=\"cid:%s\">", id);

  g_assert_true (model_draft_is_blank (draft));
  type_html (draft, &editor, html);
  g_assert_false (model_draft_is_blank (draft));
  g_assert_true (save (draft, NULL));
  again = open_draft (test, model_draft_get_id (draft));
  g_assert_false (model_draft_is_blank (again));
}

static void
test_silent_editor (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (draft, "to", "tom@example.org", NULL);
  type_html (draft, &editor, NULL);
  model_draft_send_async (draft, 0, NULL, on_ended, &result);
  model_test_wait (has_ended, &result);
  g_assert_cmpint (model_draft_send_finish (draft, result, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (save (draft, &error));
  g_assert_true (model_draft_is_changed (draft));
  editor.html = "<div>at last</div>";
  g_assert_true (save (draft, NULL));
  g_assert_false (model_draft_is_changed (draft));
}

static void
test_discarded_comes_back (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autoptr (GAsyncResult) result = NULL;

  type_html (draft, &editor, "<div>typed just now</div>");
  model_draft_discard_async (draft, NULL, on_ended, &result);
  model_test_wait (has_ended, &result);
  g_assert_true (model_draft_finish (draft, result, NULL));
  model_draft_restore (draft);
  g_assert_cmpstr (model_draft_get_html (draft), ==, "<div>typed just now</div>");
}

static void
test_plain_and_back (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autofree char *text = NULL;
  guint n_pictures;

  model_draft_take_html (draft, "<div>Hi <b>you</b></div><ul><li>one</ul>");
  g_assert_cmpint (model_draft_find_formatting (draft, &n_pictures), ==, MODEL_FORMATTING_FONTS);
  model_draft_make_plain (draft);
  g_object_get (draft, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Hi you\n\n• one");
  model_draft_make_rich (draft, FALSE);
  g_assert_cmpstr (model_draft_get_html (draft), ==, "<div>Hi <b>you</b></div><ul><li>one</ul>");
  model_draft_make_plain (draft);
  g_object_set (draft, "text", "Hi all", NULL);
  model_draft_make_rich (draft, FALSE);
  g_assert_cmpstr (model_draft_get_html (draft), ==, "<div>Hi all</div>");
}

/* Answers */

static const char letter[] = "From: Bo <bo@example.net>\nTo: ana@example.org\nSubject: Lunch\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
                             "<p style=\"color:red\">Shall we?<img src=\"http://x.example/track.gif\"></p>";

static ModelDraft *
answer_to (ModelTest *test, const char *text, ModelDraftWishes wishes)
{
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (ModelBody) body = model_body_new_from_source (source);
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (test->account, "signature", "Ana", NULL);
  model_draft_new_reply_to_async (test->store, test->accounts, body, MODEL_DRAFT_REPLY, wishes, NULL, on_ended, &result);
  model_test_wait (has_ended, &result);
  return model_draft_new_reply_finish (result, NULL);
}

static ModelDraft *
answer (ModelTest *test, ModelDraftWishes wishes)
{
  return answer_to (test, letter, wishes);
}

#define QUOTE "<div>Bo wrote:</div><blockquote type=\"cite\"><p style=\"color:red;\">Shall we?</p></blockquote>"
#define PLACE "<div><br></div>"
#define SIGNATURE "<div class=\"signature\">--\302\240<br>Ana</div>"

static void
test_answer_above (ModelTest *test, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = answer (test, 0);

  g_assert_true (model_draft_is_rich (draft));
  g_assert_cmpstr (model_draft_get_html (draft), ==, PLACE PLACE SIGNATURE PLACE QUOTE);
  g_assert_false (model_draft_is_written_last (draft));
  g_assert_true (model_draft_is_blank (draft));
}

static void
test_answer_below (ModelTest *test, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = answer (test, MODEL_DRAFT_QUOTE_FIRST);

  g_assert_cmpstr (model_draft_get_html (draft), ==, QUOTE PLACE PLACE SIGNATURE);
  g_assert_true (model_draft_is_written_last (draft));
}

/* Pictures that stand in the page itself */

#define DOT "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
#define DOT_ID "ef1955ae757c8b966c83248350331bd3"

static void
test_quoted_data_becomes_a_part (ModelTest *test, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = answer_to (test, "From: bo@example.net\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>a<img src='data:image/gif;base64," DOT
                                            "'>b<img alt='src=\"data:' src='data:image/gif;base64," DOT "'>c<img src='data:image/gif,GIF89a'></p>", 0);
  ModelDraftFile *picture = model_draft_get_picture (draft, DOT_ID);

  g_assert_nonnull (strstr (model_draft_get_html (draft), "<p>a<img src=\"cid:" DOT_ID "\">b<img alt=\"src=&quot;data:\" src=\"cid:" DOT_ID
                            "\">c<img src=\"data:image/gif,GIF89a\"></p>"));
  g_assert_nonnull (picture);
  g_assert_cmpstr (model_draft_file_get_content_type (picture), ==, "image/gif");
  g_assert_cmpstr (model_draft_file_get_name (picture), ==, "picture-1.gif");
  g_assert_cmpuint (g_bytes_get_size (model_draft_file_get_data (picture)), ==, 42);
}

static void
test_pasted_data_becomes_a_part (ModelTest *test, gconstpointer data)
{
  Editor editor = { 0 };
  g_autoptr (ModelDraft) draft = begin (test, &editor);
  g_autoptr (ModelDraft) again = NULL;

  type_html (draft, &editor, "<div>x<img src=\"data:image/gif;base64," DOT "\"></div>");
  g_assert_true (save (draft, NULL));
  again = open_draft (test, model_draft_get_id (draft));
  g_assert_cmpstr (model_draft_get_html (again), ==, "<div>x<img src=\"cid:" DOT_ID "\"></div>");
  g_assert_nonnull (model_draft_get_picture (again, DOT_ID));
}

#define TEST(path, function) g_test_add ("/models/draft-rich/" path, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  TEST ("saved/is-clean-when-it-is-opened", test_kept_clean);
  TEST ("saved/has-the-pictures-that-it-shows", test_pictures_kept);
  TEST ("picture-alone/is-not-nothing", test_picture_alone_is_missed);
  TEST ("editor-that-does-not-answer/nothing-leaves", test_silent_editor);
  TEST ("discarded/comes-back-as-last-typed", test_discarded_comes_back);
  TEST ("plain-and-back/keeps-the-formatting-of-what-is-the-same", test_plain_and_back);
  TEST ("answer/is-as-what-it-answers", test_answer_above);
  TEST ("answer/under-the-quote", test_answer_below);
  TEST ("answer/pictures-in-the-page-become-parts", test_quoted_data_becomes_a_part);
  TEST ("saved/pictures-in-the-page-become-parts", test_pasted_data_becomes_a_part);
  return g_test_run ();
}
