/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a message in a list. */
#include "messages-facts.h"

#include "app-format.h"
#include "base-config.h"

#include <glib/gi18n.h>

#define WORDS "posthorn-words"

/* The icon's name, and in words what it means; NULL for none */
static const char *
get_status_icon (ModelMessage *message, const char **words)
{
  MailFlags flags = model_message_get_flags (message);
  MailSummary *summary = model_message_get_summary (message);

  if (!summary)
    return NULL;
  if (!(flags & MAIL_FLAG_SEEN))
    {
      *words = _("Unread");
      return "posthorn-unread-symbolic";
    }
  if (flags & MAIL_FLAG_ANSWERED)
    {
      *words = _("Answered");
      return "mail-replied-symbolic";
    }
  if (flags & MAIL_FLAG_FORWARDED)
    {
      *words = _("Forwarded");
      return "mail-forward-symbolic";
    }
  if (!summary->is_whole)
    {
      *words = _("Only the headers are here");
      return "folder-download-symbolic";
    }
  return NULL;
}

static const char *
get_icon (ModelMessage *message, MessagesFact fact, const char **words)
{
  MailSummary *summary = model_message_get_summary (message);

  switch (fact)
    {
    case MESSAGES_FACT_STATUS:
      return get_status_icon (message, words);
    case MESSAGES_FACT_FLAG:
      *words = _("Flagged");
      return model_message_get_flags (message) & MAIL_FLAG_FLAGGED ? "posthorn-flag-symbolic" : NULL;
    case MESSAGES_FACT_ATTACHMENT:
    default:
      *words = _("With attachment");
      return summary && summary->has_attachments ? "mail-attachment-symbolic" : NULL;
    }
}

static gboolean
on_query_icon (GtkWidget *image, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  const char *words = g_object_get_data (G_OBJECT (image), WORDS);

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

/* gtk_widget_set_tooltip_text () would ask the display server where the pointer is, for every row that comes into view. */
static void
name_icon (GtkWidget *image, const char *words)
{
  if (!gtk_widget_get_has_tooltip (image))
    {
      g_signal_connect (image, "query-tooltip", G_CALLBACK (on_query_icon), NULL);
      gtk_widget_set_has_tooltip (image, TRUE);
    }
  g_object_set_data (G_OBJECT (image), WORDS, (gpointer) words); /* a literal or its translation */
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, words ? words : "", -1);
}

void
messages_facts_show_icon (GtkImage *image, ModelMessage *message, MessagesFact fact)
{
  const char *words = "";
  const char *icon = get_icon (message, fact, &words);

  if (gtk_widget_get_has_tooltip (GTK_WIDGET (image)) && g_strcmp0 (gtk_image_get_icon_name (image), icon) == 0
      && g_object_get_data (G_OBJECT (image), WORDS) == (icon ? words : NULL))
    return;
  gtk_image_set_from_icon_name (image, icon);
  name_icon (GTK_WIDGET (image), icon ? words : NULL);
}

/* What was looked for, on a ground that both light and dark text can be read on */
static PangoAttrList *
mark_found (MailHighlight *highlight, const char *text, guint fields)
{
  g_autoptr (GArray) ranges = mail_highlight_find (highlight, text, fields);
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < ranges->len; i++)
    {
      const MailRange *range = &g_array_index (ranges, MailRange, i);
      PangoAttribute *marks[] = { pango_attr_background_new (0xf6f6, 0xd3d3, 0x2d2d), pango_attr_background_alpha_new (0x7000) };

      for (gsize j = 0; j < G_N_ELEMENTS (marks); j++)
        {
          marks[j]->start_index = range->start;
          marks[j]->end_index = range->end;
          pango_attr_list_insert (attributes, marks[j]);
        }
    }
  return attributes;
}

void
messages_facts_show_text (MessagesText *label, ModelMessage *message, const char *text, MailField field, gboolean is_unread)
{
  MailHighlight *highlight = model_message_get_highlight (message);
  PangoAttrList *attributes = highlight ? mark_found (highlight, text, 1u << field) : NULL;

  messages_text_set (label, text, attributes, is_unread);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

char *
messages_facts_dup_people (ModelMessage *message, gboolean is_outgoing)
{
  MailSummary *summary = model_message_get_summary (message);

  return summary ? model_message_dup_people (is_outgoing ? summary->to : summary->from) : g_strdup ("");
}

char *
messages_facts_dup_subject (ModelMessage *message)
{
  MailSummary *summary = model_message_get_summary (message);

  return g_strdup (!summary ? "" : summary->subject[0] ? summary->subject : _("(no subject)"));
}

static gint64
get_time (ModelMessage *message)
{
  MailSummary *summary = model_message_get_summary (message);

  return !summary ? 0 : summary->received ? summary->received : summary->date;
}

char *
messages_facts_dup_date (ModelMessage *message)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return app_format_date (get_time (message), g_get_real_time () / G_USEC_PER_SEC, zone);
}

char *
messages_facts_dup_long_date (ModelMessage *message)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return app_format_long_date (get_time (message), zone);
}

char *
messages_facts_dup_size (ModelMessage *message)
{
  MailSummary *summary = model_message_get_summary (message);

  return summary ? app_format_size (summary->size) : g_strdup ("");
}

gint64
messages_facts_get_folder (ModelMessage *message)
{
  MailSummary *summary = model_message_get_summary (message);

  return summary ? summary->folder : 0;
}

gboolean
messages_facts_is_unread (ModelMessage *message)
{
  return model_message_is_loaded (message) && !(model_message_get_flags (message) & MAIL_FLAG_SEEN);
}
