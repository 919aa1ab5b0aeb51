/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mime-summary.h"
#include "reader-body.h"
#include "reader-card.h"
#include "reader-danger.h"
#include "reader-invitation.h"
#include "reader-notes.h"
#include "reader-opener.h"
#include "reader-paper.h"
#include "reader-senders.h"
#include "reader-text.h"
#include "screen-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *programs; /* a folder, looked through before all others */

typedef struct
{
  GtkWindow *window;
  ReaderBody *reader;
  guint n_settled;
} BodyTest;

static void
on_settled (BodyTest *test)
{
  test->n_settled++;
}

static void
set_up (BodyTest *test, gconstpointer data)
{
  test->window = GTK_WINDOW (gtk_window_new ());
  test->reader = g_object_new (READER_TYPE_BODY, NULL);
  g_signal_connect_swapped (test->reader, "settled", G_CALLBACK (on_settled), test);
  gtk_window_set_default_size (test->window, 700, 500);
  gtk_window_set_child (test->window, GTK_WIDGET (test->reader));
  gtk_window_present (test->window);
  test->n_settled = 0;
}

static void
tear_down (BodyTest *test, gconstpointer data)
{
  gtk_window_destroy (test->window);
  screen_settle ();
}

static ModelBody *
make_body (const char *type, const char *content)
{
  g_autofree char *text = g_strdup_printf ("From: Ana Ruiz <ana@example.org>\nTo: tom@example.org\nSubject: x\nMIME-Version: 1.0\n"
                                           "Content-Type: %s; charset=utf-8\n\n%s", type, content);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

  return model_body_new_from_source (source);
}

static gboolean
has_settled (gpointer data)
{
  return ((BodyTest *) data)->n_settled > 0;
}

static void
show (BodyTest *test, ModelBody *body)
{
  test->n_settled = 0;
  reader_body_show (test->reader, body, FALSE);
  screen_wait (has_settled, test);
}

static void
test_html (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/html", "<p>Hello <b>you</b></p>");

  show (test, body);
  g_assert_true (reader_body_shows_html (test->reader));
  screen_picture (test->window, "reader-body-html");
}

static void
test_text (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/plain", "Hello you");

  show (test, body);
  g_assert_false (reader_body_shows_html (test->reader));
}

static void
test_as_text (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/html", "<p>Hello <b>you</b></p>");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (screen_part (test->reader, READER_TYPE_BODY, "text"));
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  show (test, body);
  reader_body_set_is_plain (test->reader, TRUE);
  g_assert_false (reader_body_shows_html (test->reader));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (g_strstrip (text), ==, "Hello you");
}

#define GIF "Content-Transfer-Encoding: base64\n\nR0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==\n"

/* @text: a part; a picture that a page may call by cid:it, one that is only attached, a drawing, and a picture by its name alone */
static ModelBody *
make_album (const char *text)
{
  g_autofree char *mail = g_strconcat ("From: Ana Ruiz <ana@example.org>\nTo: tom@example.org\nSubject: x\nMIME-Version: 1.0\n"
                                       "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: ", text,
                                       "\n--b\nContent-Type: image/gif\nContent-ID: <it>\nContent-Disposition: inline; filename=it.gif\n" GIF
                                       "--b\nContent-Type: image/gif\nContent-Disposition: attachment; filename=\"<Ann & Bob>.gif\"\n" GIF
                                       "--b\nContent-Type: image/svg+xml\nContent-Disposition: attachment; filename=drawing.svg\n\n<svg/>\n"
                                       "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=garden.png\n" GIF "--b--\n", NULL);
  g_autoptr (GBytes) source = g_bytes_new (mail, strlen (mail));

  return model_body_new_from_source (source);
}

static void
assert_pictures (ModelBody *body, guint n)
{
  g_autofree char *page = model_body_dup_page (body, FALSE);
  const char *type = NULL;

  g_assert_nonnull (strstr (page, ">garden.png<"));
  g_assert_nonnull (strstr (page, "Ann &amp; Bob"));
  g_assert_null (strstr (page, "drawing.svg"));
  g_assert_true (g_str_has_suffix (page, "</body></html>\n"));
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *id = g_strdup_printf ("attached-picture.%u", i);
      g_autoptr (GBytes) data = model_body_ref_part (body, id, &type);

      g_assert_true ((data != NULL) == (i < n));
      g_assert_true ((strstr (page, id) != NULL) == (i < n));
    }
}

static void
test_pictures_below_text (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_album ("text/plain\n\nOur garden\n");
  g_autofree char *page = model_body_dup_page (body, FALSE);

  assert_pictures (body, 3);
  g_assert_nonnull (strstr (page, "Our garden"));
  g_assert_null (model_body_get_html (body, FALSE)); /* what is answered is text as before */
  show (test, body);
  g_assert_true (reader_body_shows_html (test->reader));
  screen_picture (test->window, "reader-body-pictures");
  reader_body_set_is_plain (test->reader, TRUE);
  g_assert_false (reader_body_shows_html (test->reader));
}

static void
test_pictures_below_html (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_album ("text/html\n\n<p>Our <img src=\"cid:it\"> garden</p>\n");

  assert_pictures (body, 2);
  show (test, body);
  g_assert_true (reader_body_shows_html (test->reader));
}

/* (transfer full): the colour that a line's quote has; "" for none */
static char *
dup_quote_color (GtkTextBuffer *buffer, int line)
{
  g_autoptr (GSList) tags = NULL;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l; l = l->next)
    {
      g_autoptr (GdkRGBA) color = NULL;

      g_object_get (l->data, "foreground-rgba", &color, NULL);
      if (color)
        return gdk_rgba_to_string (color);
    }
  return g_strdup ("");
}

static void
test_quotes (BodyTest *test, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (screen_part (test->reader, READER_TYPE_BODY, "text"));
  g_autoptr (ModelBody) body = make_body ("text/plain", "own\n> one\n> > two\n>> two\n>>> three\n");
  char *colors[5];

  show (test, body);
  for (int i = 0; i < 5; i++)
    colors[i] = dup_quote_color (buffer, i);
  g_assert_cmpstr (colors[0], ==, "");
  g_assert_cmpstr (colors[1], !=, "");
  g_assert_cmpstr (colors[2], !=, colors[1]);
  g_assert_cmpstr (colors[3], ==, colors[2]);
  g_assert_cmpstr (colors[4], !=, colors[2]);
  for (int i = 0; i < 5; i++)
    g_free (colors[i]);
}

static void
test_entangled (BodyTest *test, gconstpointer data)
{
  g_autoptr (GString) html = g_string_new ("seen");
  g_autoptr (ModelBody) body = NULL;

  for (int i = 0; i < 250000; i++)
    g_string_append (html, "<br>");
  body = make_body ("text/html", html->str);
  show (test, body);
  g_assert_false (reader_body_shows_html (test->reader));
}

static void
on_failed (ReaderBody *reader, const GError *error, GError **kept)
{
  g_assert_no_error (*kept);
  *kept = g_error_copy (error);
}

/* A bubblewrap that fails, as on a system that permits nobody a namespace: WebKit would end the program. */
static void
test_no_sandbox (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/html", "<p>Hello <b>you</b></p>");
  g_autofree char *bwrap = g_build_filename (programs, "bwrap", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (symlink ("/bin/false", bwrap));
  g_signal_connect (test->reader, "failed", G_CALLBACK (on_failed), &error);
  show (test, body);
  g_assert_no_errno (g_remove (bwrap));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_false (reader_body_shows_html (test->reader));
}

static void
test_find_in_text (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/plain", "one two One twone");
  ReaderText *text = screen_part (test->reader, READER_TYPE_BODY, "text");

  show (test, body);
  g_assert_cmpuint (reader_text_find (text, "one", 0), ==, 3);
  g_assert_cmpuint (reader_text_find (text, "one", 1), ==, 3);
  g_assert_cmpuint (reader_text_find (text, "nothing", 0), ==, 0);
  g_assert_cmpuint (reader_text_find (text, NULL, 0), ==, 0);
}

/* Two words of a query, in lines of their own, the second behind letters of two bytes */
static void
test_highlight (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/plain", "nothing\none here\nüü two\n\nOne");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse ("one two", FALSE, 0, zone);
  g_autoptr (MailHighlight) words = mail_highlight_new (query);
  ReaderText *text = screen_part (test->reader, READER_TYPE_BODY, "text");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  g_autoptr (GString) marked = g_string_new (NULL);
  GtkTextIter iter;

  reader_body_highlight (test->reader, words);
  show (test, body);
  gtk_text_buffer_get_start_iter (buffer, &iter);
  do
    {
      g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);

      if (tags)
        g_string_append_unichar (marked, gtk_text_iter_get_char (&iter));
    }
  while (gtk_text_iter_forward_char (&iter));
  g_assert_cmpstr (marked->str, ==, "onetwoOne");
  reader_body_highlight (test->reader, NULL);
}

static void
on_pdf (GFile *file, const GError *error, gpointer data)
{
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_pdf (BodyTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = make_body ("text/html", "<p>Hello <b>you</b></p>");
  g_autofree char *path = g_build_filename (programs, "x.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *content = NULL;
  gboolean is_saved = FALSE;

  show (test, body);
  reader_body_save_pdf (test->reader, file, on_pdf, &is_saved);
  screen_wait (is_true, &is_saved);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_true (reader_body_shows_html (test->reader));
  g_remove (path);
}

static void
test_paper (void)
{
  g_autoptr (ModelBody) body = make_body ("text/html", "<p>Hello <b>you</b></p>");
  g_autofree char *page = reader_paper_dup_page (body, FALSE);
  g_autofree char *text = reader_paper_dup_text (body);
  const char *head = strstr (page, "Ana Ruiz &lt;ana@example.org&gt;");

  g_assert_nonnull (head);
  g_assert_nonnull (strstr (head, "<b>you</b>"));
  g_assert_true (g_str_has_prefix (text, "Subject: x\nFrom: Ana Ruiz <ana@example.org>\nTo: tom@example.org\n\nHello you"));
}

static void
test_zoom (BodyTest *test, gconstpointer data)
{
  reader_body_set_zoom (test->reader, 100);
  g_assert_cmpfloat (reader_body_get_zoom (test->reader), ==, 3);
  reader_body_set_zoom (test->reader, 0);
  g_assert_cmpfloat (reader_body_get_zoom (test->reader), ==, 0.3);
}

static void
test_senders (void)
{
  g_autoptr (AppState) state = app_state_new (NULL);
  g_autoptr (ModelBody) body = make_body ("text/plain", "x");

  g_assert_false (reader_senders_may_load (state, body));
  reader_senders_allow (state, body);
  g_assert_true (reader_senders_may_load (state, body));
}

static void
test_schemes (void)
{
  g_assert_true (reader_opener_may_open ("HTTPS://example.org/"));
  g_assert_true (reader_opener_may_open ("mailto:a@example.org"));
  g_assert_false (reader_opener_may_open ("file:///etc/passwd"));
  g_assert_false (reader_opener_may_open ("javascript:x"));
  g_assert_false (reader_opener_may_open ("misleading:http://example.org/"));
}

static void
test_programs (void)
{
  g_assert_true (reader_danger_is_program ("invoice.pdf.exe", "application/pdf"));
  g_assert_true (reader_danger_is_program ("INVOICE.SCR ", NULL));
  g_assert_true (reader_danger_is_program ("a.desktop", "text/plain"));
  g_assert_true (reader_danger_is_program ("picture.png", "application/x-msdownload"));
  g_assert_true (reader_danger_is_program ("figures.xlsm", NULL));
  g_assert_false (reader_danger_is_program ("figures.xlsx", NULL));
  g_assert_false (reader_danger_is_program ("exe", "application/pdf"));
  g_assert_false (reader_danger_is_program ("letter.txt", "text/plain"));
}

static ModelBody *
make_message (const char *headers)
{
  g_autofree char *text = g_strconcat (headers, "\nTo: tom@example.org\nSubject: x\nContent-Type: text/plain\n\nx", NULL);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

  return model_body_new_from_source (source);
}

static void
test_warned (void)
{
  g_autoptr (ModelBody) body = make_message ("From: \"ana@example.org\" <x@evil.example>");
  g_autofree char *warnings = reader_notes_dup_warnings (body, NULL);

  g_assert_cmpstr (warnings, ==, "The name shows the address ana@example.org, but the message is from x@evil.example.");
}

/* A message in no folder came from no server that could be believed. */
static void
test_not_believed (void)
{
  g_autoptr (ModelBody) body = make_message ("Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\nFrom: ana@example.org");
  g_autofree char *warnings = reader_notes_dup_warnings (body, NULL);
  g_autofree char *remarks = reader_notes_dup_remarks (body, NULL);

  g_assert_cmpstr (warnings, ==, "");
  g_assert_cmpstr (remarks, ==, "");
}

static void
test_when (void)
{
  g_autoptr (MailInvitation) invitation = mail_invitation_parse ("BEGIN:VEVENT\nDTSTART:20261123T090000Z\nDURATION:PT90M\nRRULE:FREQ=DAILY\nEND:VEVENT\n");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *when = reader_invitation_dup_when (invitation, zone);

  g_assert_cmpstr (when, ==, "Monday 23 November 2026, 10:00 to 11:30 · every day");
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

/* In a page behind the wall; the second card's in the first one's process */
static void
test_photo (BodyTest *test, gconstpointer data)
{
  const char *text = "BEGIN:VCARD\nFN:Ana\nPHOTO;ENCODING=b:R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==\nEND:VCARD\n";
  g_autoptr (GPtrArray) cards = mail_card_parse_list (text, strlen (text));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = gtk_window_new ();
  ReaderCard *first = reader_card_new (cards->pdata[0], TRUE, NULL);
  ReaderCard *second = reader_card_new (cards->pdata[0], TRUE, reader_card_get_photo (first));

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (first));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (second));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  screen_wait (is_visible, screen_part (first, READER_TYPE_CARD, "photo"));
  screen_wait (is_visible, screen_part (second, READER_TYPE_CARD, "photo"));
  screen_picture (window, "reader-card-photo");
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func) g_test_add ("/app/reader-body/" path, BodyTest, NULL, set_up, func, tear_down)

/* WebKit's threads move memory about while the leak checker walks through it, which it does not survive. Read by AddressSanitizer's runtime. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  /* before there are threads that read the environment */
  programs = g_dir_make_tmp ("reader-body-XXXXXX", NULL);
  path = g_strconcat (programs, ":", g_getenv ("PATH"), NULL);
  g_setenv ("PATH", path, TRUE);
  screen_test_init (&argc, &argv);
  ADD ("html/is-shown-as-a-page", test_html);
  ADD ("text/is-shown-as-text", test_text);
  ADD ("html/can-be-read-as-text", test_as_text);
  ADD ("html/too-much-of-it-is-shown-as-text", test_entangled);
  ADD ("text/each-level-of-quotes-has-its-colour", test_quotes);
  ADD ("pictures/stand-below-the-text", test_pictures_below_text);
  ADD ("pictures/that-the-page-has-itself-are-there-once", test_pictures_below_html);
  ADD ("a-card/shows-the-photo-it-brings", test_photo);
  ADD ("html/without-a-sandbox-is-shown-as-text", test_no_sandbox);
  ADD ("find/in-text-counts-whatever-the-case", test_find_in_text);
  ADD ("highlight/marks-all-words-of-a-query", test_highlight);
  ADD ("pdf/is-written-and-the-page-stays", test_pdf);
  g_test_add_func ("/app/reader-body/paper/has-who-and-when-above-it", test_paper);
  ADD ("zoom/stays-within-reason", test_zoom);
  g_test_add_func ("/app/reader-body/senders/are-remembered", test_senders);
  g_test_add_func ("/app/reader-body/links/of-three-schemes-are-opened", test_schemes);
  g_test_add_func ("/app/reader-body/attachments/that-may-run-are-known", test_programs);
  g_test_add_func ("/app/reader-body/sender/a-name-with-another-address-is-warned-of", test_warned);
  g_test_add_func ("/app/reader-body/sender/results-of-no-server-of-ours-are-not-believed", test_not_believed);
  g_test_add_func ("/app/reader-body/invitation/its-time-is-ours", test_when);
  status = g_test_run ();
  g_rmdir (programs);
  g_free (programs);
  return status;
}
