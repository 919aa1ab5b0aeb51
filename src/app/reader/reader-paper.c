/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as it goes to paper or into a PDF: who, when and what above its page. */
#include "reader-paper.h"

#include "app-format.h"
#include "base-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FILES 50 /* names of attachments */

/* Where html/ begins a page's body, with whatever colours it has. */
#define BODY "</head><body"

typedef struct
{
  const char *label;   /* translated */
  char *value;
} Line;

static void
line_clear (gpointer line)
{
  g_free (((Line *) line)->value);
}

static void
add (GArray *lines, const char *label, char *value)
{
  Line line = { label, value };

  if (*value)
    g_array_append_val (lines, line);
  else
    g_free (value);
}

static char *
list_files (ModelBody *body)
{
  GListModel *attachments = model_body_get_attachments (body);
  guint n = MIN (g_list_model_get_n_items (attachments), MAX_FILES);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) attachment = g_list_model_get_item (attachments, i);
      g_autofree char *name = NULL;

      g_object_get (attachment, "name", &name, NULL);
      g_string_append_printf (names, "%s%s", i ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static GArray *
list_lines (ModelBody *body)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  GDateTime *date = model_body_get_date (body);

  g_array_set_clear_func (lines, line_clear);
  add (lines, _("From"), app_format_people (model_body_get_from (body)));
  add (lines, _("Date"), date ? app_format_long_date (g_date_time_to_unix (date), zone) : g_strdup (""));
  add (lines, _("To"), app_format_people (model_body_get_to (body)));
  add (lines, _("Cc"), app_format_people (model_body_get_cc (body)));
  add (lines, _("Attachments"), list_files (body));
  return lines;
}

static char *
dup_head (ModelBody *body)
{
  g_autoptr (GArray) lines = list_lines (body);
  const char *subject = model_body_get_subject (body);
  g_autofree char *title = g_markup_escape_text (*subject ? subject : _("(no subject)"), -1);
  g_autoptr (GString) html = g_string_new ("<div style=\"background:#ffffff;color:#000000;font:14px sans-serif;text-align:start;margin-bottom:16px;"
                                           "padding-bottom:8px;border-bottom:1px solid #888888\">");

  g_string_append_printf (html, "<div style=\"font-size:18px;font-weight:bold;margin-bottom:6px\">%s</div>", title);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      g_autofree char *label = g_markup_escape_text (line->label, -1);
      g_autofree char *value = g_markup_escape_text (line->value, -1);

      g_string_append_printf (html, "<div><b>%s:</b> %s</div>", label, value);
    }
  g_string_append (html, "</div>");
  return g_string_free (g_steal_pointer (&html), FALSE);
}

char *
reader_paper_dup_page (ModelBody *body, gboolean is_plain)
{
  g_autofree char *shown = is_plain ? NULL : model_body_dup_page (body, FALSE);
  g_autofree char *page = shown ? g_steal_pointer (&shown) : model_body_dup_text_page (body, FALSE);
  g_autofree char *head = dup_head (body);
  const char *begin = strstr (page, BODY);
  const char *end = begin ? strchr (begin + strlen (BODY), '>') : NULL;

  if (!end)
    return g_steal_pointer (&page);
  return g_strdup_printf ("%.*s%s%s", (int) (end + 1 - page), page, head, end + 1);
}

char *
reader_paper_dup_text (ModelBody *body)
{
  g_autoptr (GArray) lines = list_lines (body);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s: %s\n", _("Subject"), model_body_get_subject (body));
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      g_string_append_printf (text, "%s: %s\n", line->label, line->value);
    }
  g_string_append_printf (text, "\n%s", model_body_get_whole_text (body));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
