/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html-parser.h"

#include <string.h>

typedef struct
{
  GString *log;
  int depth;
} Log;

static void
on_start (const char *name, const char *const *attributes, gpointer data)
{
  Log *log = data;

  log->depth++;
  g_string_append_printf (log->log, "<%s", name);
  for (; attributes && *attributes; attributes += 2)
    g_string_append_printf (log->log, " %s=%s", attributes[0], attributes[1] ? attributes[1] : "-");
  g_string_append_c (log->log, '>');
}

static void
on_end (const char *name, gpointer data)
{
  Log *log = data;

  log->depth--;
  g_string_append_printf (log->log, "</%s>", name);
}

static void
on_text (const char *text, gsize length, gpointer data)
{
  g_string_append_len (((Log *) data)->log, text, (gssize) length);
}

static const HtmlHandler handler = { on_start, on_end, on_text };

static gboolean
parse (const char *html, Log *log)
{
  log->log = g_string_new (NULL);
  log->depth = 0;
  return html_parse (html, &handler, log);
}

static char *
repeat (const char *what, guint n)
{
  GString *text = g_string_sized_new (strlen (what) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (text, what);
  return g_string_free (text, FALSE);
}

static void
test_events (void)
{
  Log log;

  g_assert_true (parse ("<P Class=a>b &amp; <BR>c", &log));
  g_assert_cmpstr (log.log->str, ==, "<html><body><p class=a>b & <br></br>c</p></body></html>");
  g_assert_cmpint (log.depth, ==, 0);
  g_string_free (log.log, TRUE);
}

/* Fed in pieces: what the parser says may not depend on where they are cut. */
static void
test_pieces (void)
{
  for (guint filler = 8192 - 60; filler < 8192 + 5; filler++)
    {
      g_autofree char *blanks = g_strnfill (filler, 'x');
      g_autofree char *html = g_strconcat (blanks, "<p class=\"a>b\">c &auml; d<!-- e --><script>f</script><b>g</b>", NULL);
      g_autofree char *expected = g_strconcat ("<html><body>", blanks, "<p class=a>b>c ä d<script>f</script><b>g</b></p></body></html>", NULL);
      Log log;

      g_assert_true (parse (html, &log));
      g_assert_cmpstr (log.log->str, ==, expected);
      g_string_free (log.log, TRUE);
    }
}

static void
test_charset (void)
{
  Log log;

  g_assert_true (parse ("<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\"><p>ä", &log));
  g_assert_nonnull (strstr (log.log->str, "<p>ä</p>"));
  g_string_free (log.log, TRUE);
}

static gboolean
survives (const char *head, const char *what, guint n, const char *what_then, guint n_then)
{
  g_autofree char *first = repeat (what, n), *then = repeat (what_then, n_then);
  g_autofree char *html = g_strconcat (head, first, then, NULL);
  gint64 begin = g_get_monotonic_time ();
  gboolean is_whole;
  Log log;

  is_whole = parse (html, &log);
  g_string_free (log.log, TRUE);
  /* below a second on the machine it was written on, more where each allocation is traced; the unbounded parser needs many minutes */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 200 * G_USEC_PER_SEC);
  return is_whole;
}

static void
test_wrong_ends (void)
{
  g_assert_false (survives ("", "<div>", 20000, "</b>", 2000000));
}

static void
test_attributes (void)
{
  g_autoptr (GString) html = g_string_new ("<a ");
  Log log;

  for (int i = 0; i < 100000; i++)
    g_string_append_printf (html, "a%d ", i);
  g_string_append_c (html, '>');
  g_assert_false (parse (html->str, &log));
  g_string_free (log.log, TRUE);
}

/* An error inside the tag may not make it forget how many came before. */
static void
test_attributes_with_errors (void)
{
  g_autoptr (GString) html = g_string_new ("<a ");
  Log log;

  for (int i = 0; i < 100000; i++)
    g_string_append_printf (html, i % 1000 ? "a%d " : "x=1 x=2 =\" ", i);
  g_string_append_c (html, '>');
  g_assert_false (parse (html->str, &log));
  g_string_free (log.log, TRUE);
}

static void
test_many_attributes_often (void)
{
  g_autoptr (GString) tag = g_string_new ("<a ");

  for (int i = 0; i < 1500; i++)
    g_string_append_printf (tag, "a%d ", i);
  g_string_append_c (tag, '>');
  g_assert_false (survives ("", tag->str, 2000, "", 0));
}

static void
test_big_picture (void)
{
  g_autofree char *data = repeat ("iVBORw0KGgo/", 100000);
  g_autofree char *html = g_strconcat ("<img src=\"data:image/png;base64,", data, "\">", NULL);
  Log log;

  g_assert_true (parse (html, &log));
  g_assert_cmpuint (log.log->len, >, 1200000);
  g_string_free (log.log, TRUE);
}

static void
test_hostile (void)
{
  survives ("", "<div>", 80000, "", 0);
  survives ("", "<!--", 60000, "", 0);
  survives ("", "<a href=\"", 40000, "", 0);
  survives ("", "<table><tr><td>", 40000, "", 0);
  survives ("", "<", 200000, "", 0);
  survives ("", "&", 400000, "", 0);
  survives ("", "<p><b><i><font>", 40000, "", 0);
  survives ("", "<style>x</sty", 40000, "", 0);
  survives ("<script>", "</scrip", 100000, "", 0);
  survives ("<title>", "<", 100000, "", 0);
  survives ("", "</", 100000, "", 0);
  survives ("", "<!x", 100000, "", 0);
  survives ("<a b=", "'", 100000, "", 0);
  survives ("<p ", "\"", 100000, "", 0);
}

static void
test_too_long (void)
{
  g_autofree char *html = g_strnfill (HTML_MAX_SIZE + 1, 'a');
  Log log;

  g_assert_false (parse (html, &log));
  g_string_free (log.log, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/html/parser/events/come-in-order-and-in-pairs", test_events);
  g_test_add_func ("/html/parser/pieces/change-nothing", test_pieces);
  g_test_add_func ("/html/parser/charset/of-the-page-is-ignored", test_charset);
  g_test_add_func ("/html/parser/bounds/ends-that-fit-nothing-stop-it", test_wrong_ends);
  g_test_add_func ("/html/parser/bounds/hundred-thousand-attributes-stop-it", test_attributes);
  g_test_add_func ("/html/parser/bounds/hundred-thousand-attributes-with-errors-stop-it", test_attributes_with_errors);
  g_test_add_func ("/html/parser/bounds/many-attributes-many-times-stop-it", test_many_attributes_often);
  g_test_add_func ("/html/parser/bounds/big-picture-in-an-attribute-does-not", test_big_picture);
  g_test_add_func ("/html/parser/bounds/hostile-pages-end-soon", test_hostile);
  g_test_add_func ("/html/parser/bounds/too-long-is-refused", test_too_long);
  return g_test_run ();
}
