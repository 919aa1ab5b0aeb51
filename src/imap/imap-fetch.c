/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FETCH responses made into facts. */
#include "imap-fetch.h"

#include <stdio.h>
#include <string.h>

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static const struct
{
  MailFlags flag;
  const char *word; /* the first of a flag is the one we write */
} flag_words[] = {
  { MAIL_FLAG_SEEN, "\\Seen" },
  { MAIL_FLAG_ANSWERED, "\\Answered" },
  { MAIL_FLAG_FLAGGED, "\\Flagged" },
  { MAIL_FLAG_DELETED, "\\Deleted" },
  { MAIL_FLAG_DRAFT, "\\Draft" },
  { MAIL_FLAG_FORWARDED, "$Forwarded" },
  { MAIL_FLAG_FORWARDED, "Forwarded" },
  { MAIL_FLAG_JUNK, "$Junk" },
  { MAIL_FLAG_JUNK, "Junk" },
  { MAIL_FLAG_NOT_JUNK, "$NotJunk" },
  { MAIL_FLAG_NOT_JUNK, "NonJunk" },
  { MAIL_FLAG_RECEIPT, "$MDNSent" },
};

MailFlags
imap_flags_from_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (flag_words); i++)
    if (g_ascii_strcasecmp (word, flag_words[i].word) == 0)
      return flag_words[i].flag;
  return 0;
}

char *
imap_flags_to_string (MailFlags flags)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (flag_words); i++)
    if (flags & flag_words[i].flag)
      {
        g_string_append_printf (out, "%s%s", out->len ? " " : "", flag_words[i].word);
        flags &= ~flag_words[i].flag;
      }
  return g_string_free (out, FALSE);
}

gint64
imap_fetch_read_date (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) date = NULL;
  int day, year, hour, minute, second, used = 0, month = 0;
  char name[4];
  char sign[2];
  char digits[5];
  char offset[8];

  /* the day may have a space before its one digit */
  if (sscanf (text, "%2d-%3[A-Za-z]-%4d %2d:%2d:%2d %1[+-]%4[0-9]%n", &day, name, &year, &hour, &minute, &second, sign, digits, &used) != 8
      || text[used] != '\0' || strlen (digits) != 4)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    if (g_ascii_strcasecmp (name, months[i]) == 0)
      month = i + 1;
  g_snprintf (offset, sizeof offset, "%s%.2s:%.2s", sign, digits, digits + 2);
  zone = g_time_zone_new_identifier (offset);
  if (!zone || month == 0)
    return 0;
  date = g_date_time_new (zone, year, month, day, hour, minute, MIN (second, 59));
  return date ? g_date_time_to_unix (date) : 0;
}

char *
imap_fetch_format_date (gint64 when, int zone_minutes)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (when);
  g_autoptr (GDateTime) date = utc ? g_date_time_add_minutes (utc, zone_minutes) : NULL;

  if (!date)
    return g_strdup ("01-Jan-1970 00:00:00 +0000");
  return g_strdup_printf ("%02d-%s-%04d %02d:%02d:%02d %c%02d%02d", g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1],
                          g_date_time_get_year (date), g_date_time_get_hour (date), g_date_time_get_minute (date), g_date_time_get_second (date),
                          zone_minutes < 0 ? '-' : '+', ABS (zone_minutes) / 60, ABS (zone_minutes) % 60);
}

static void
read_flags (ImapFetch *fetch, const ImapNode *list)
{
  if (!list || list->type != IMAP_NODE_LIST)
    return;
  fetch->has_flags = TRUE;
  fetch->flags = 0;
  for (const ImapNode *node = list->first; node; node = node->next)
    {
      const char *word = imap_node_get_string (node);

      if (word)
        fetch->flags |= imap_flags_from_word (word);
    }
}

/* MODSEQ (123), EMAILID (M1): one value in a list */
static const ImapNode *
unwrap (const ImapNode *node)
{
  return node && node->type == IMAP_NODE_LIST ? node->first : node;
}

static void
take_object_id (char **where, const ImapNode *node)
{
  g_free (*where);
  *where = imap_node_dup_object_id (node);
}

static void
take_bytes (GBytes **where, const ImapNode *node)
{
  g_clear_pointer (where, g_bytes_unref);
  *where = imap_node_dup_bytes (node);
}

static gboolean
is_whole_body (const char *name)
{
  return g_ascii_strcasecmp (name, "BODY[]") == 0 || g_ascii_strcasecmp (name, "RFC822") == 0 || g_ascii_strcasecmp (name, "BINARY[]") == 0;
}

static gboolean
is_header (const char *name)
{
  return (g_ascii_strncasecmp (name, "BODY[HEADER", 11) == 0 && g_str_has_suffix (name, "]")) || g_ascii_strcasecmp (name, "RFC822.HEADER") == 0;
}

static void
read_item (ImapFetch *fetch, const char *name, const ImapNode *value)
{
  guint64 number = 0;
  gboolean is_number = imap_node_get_number (unwrap (value), &number);

  if (g_ascii_strcasecmp (name, "UID") == 0 && is_number && number <= G_MAXUINT32)
    fetch->uid = number;
  else if (g_ascii_strcasecmp (name, "FLAGS") == 0)
    read_flags (fetch, value);
  else if (g_ascii_strcasecmp (name, "MODSEQ") == 0 && is_number)
    fetch->modseq = number;
  else if (g_ascii_strcasecmp (name, "RFC822.SIZE") == 0 && is_number)
    {
      fetch->size = number;
      fetch->has_size = TRUE;
    }
  else if (g_ascii_strcasecmp (name, "INTERNALDATE") == 0 && imap_node_get_string (value))
    fetch->internal_date = imap_fetch_read_date (imap_node_get_string (value));
  else if (is_whole_body (name))
    take_bytes (&fetch->body, value);
  else if (is_header (name))
    take_bytes (&fetch->header, value);
  else if ((g_ascii_strcasecmp (name, "BODYSTRUCTURE") == 0 || g_ascii_strcasecmp (name, "BODY") == 0) && value->type == IMAP_NODE_LIST)
    fetch->structure = value;
  else if (g_ascii_strcasecmp (name, "X-GM-MSGID") == 0)
    fetch->gmail_message = number;
  else if (g_ascii_strcasecmp (name, "X-GM-THRID") == 0)
    fetch->gmail_thread = number;
  else if (g_ascii_strcasecmp (name, "EMAILID") == 0)
    take_object_id (&fetch->email_id, value);
  else if (g_ascii_strcasecmp (name, "THREADID") == 0)
    take_object_id (&fetch->thread_id, value);
}

gboolean
imap_fetch_read (const ImapResponse *response, ImapFetch *fetch)
{
  memset (fetch, 0, sizeof *fetch);
  if (response->kind != IMAP_RESPONSE_DATA || !response->has_number || !g_str_equal (response->name, "FETCH")
      || !response->arguments || response->arguments->type != IMAP_NODE_LIST)
    return FALSE;
  fetch->sequence = response->number;
  for (const ImapNode *node = response->arguments->first; node && node->next; node = node->next->next)
    if (node->type == IMAP_NODE_ATOM)
      read_item (fetch, node->text, node->next);
  return TRUE;
}

void
imap_fetch_clear (ImapFetch *fetch)
{
  g_clear_pointer (&fetch->header, g_bytes_unref);
  g_clear_pointer (&fetch->body, g_bytes_unref);
  g_clear_pointer (&fetch->email_id, g_free);
  g_clear_pointer (&fetch->thread_id, g_free);
}
