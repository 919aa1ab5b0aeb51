/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imap-server.h"

#include <stdlib.h>
#include <string.h>

static void
message_free (gpointer data)
{
  ImapServerMessage *message = data;

  g_free (message->flags);
  g_free (message->text);
  g_free (message);
}

ImapServer *
imap_server_new (void)
{
  ImapServer *self = g_new0 (ImapServer, 1);

  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->uidvalidity = 1000;
  self->uidnext = 1;
  self->log = g_string_new (NULL);
  return self;
}

void
imap_server_free (ImapServer *self)
{
  g_ptr_array_unref (self->messages);
  g_string_free (self->log, TRUE);
  g_free (self);
}

ImapServerMessage *
imap_server_add (ImapServer *self, const char *id, const char *body)
{
  ImapServerMessage *message = g_new0 (ImapServerMessage, 1);

  message->uid = self->uidnext++;
  message->flags = g_strdup ("");
  message->text = g_strdup_printf ("From: Tom <tom@example.org>\r\nSubject: %s\r\nMessage-ID: <%s@example.org>\r\n\r\n%s\r\n", id, id, body);
  g_ptr_array_add (self->messages, message);
  return message;
}

void
imap_server_renumber (ImapServer *self, guint32 first)
{
  self->uidvalidity++;
  for (guint i = 0; i < self->messages->len; i++)
    ((ImapServerMessage *) g_ptr_array_index (self->messages, i))->uid = first + i;
  self->uidnext = first + self->messages->len;
}

static void G_GNUC_PRINTF (2, 3)
say (TestTalk *talk, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  test_talk_send_line (talk, line);
}

static gboolean
is_in_set (const char *set, guint32 uid)
{
  g_auto (GStrv) parts = g_strsplit (set, ",", -1);

  for (char **part = parts; *part; part++)
    {
      const char *colon = strchr (*part, ':');
      guint64 first = strtoull (*part, NULL, 10);
      guint64 last = !colon ? first : colon[1] == '*' ? G_MAXUINT32 : strtoull (colon + 1, NULL, 10);

      if (uid >= first && uid <= last)
        return TRUE;
    }
  return FALSE;
}

static gsize
measure_header (const char *text)
{
  return strstr (text, "\r\n\r\n") + 4 - text;
}

/* Returns whether the talk goes on */
static gboolean
send_message (ImapServer *self, TestTalk *talk, guint number, const char *items)
{
  const ImapServerMessage *message = g_ptr_array_index (self->messages, number - 1);
  gsize size = strlen (message->text);
  g_autofree char *facts = g_strdup_printf ("* %u FETCH (UID %u FLAGS (%s) INTERNALDATE \"%s\" RFC822.SIZE %" G_GSIZE_FORMAT, number,
                                            message->uid, message->flags, message->received ? message->received : "17-Jul-2024 02:44:25 +0000", size);
  const char *section = strstr (items, "BODY.PEEK[HEADER]") ? "BODY[HEADER]" : strstr (items, "BODY.PEEK[]") ? "BODY[]" : NULL;
  g_autofree char *head = NULL;

  if (!section)
    {
      say (talk, "%s)", facts);
      return TRUE;
    }
  if (g_str_equal (section, "BODY[]"))
    self->n_bodies++;
  else
    {
      self->n_headers++;
      size = measure_header (message->text);
    }
  head = g_strdup_printf ("%s %s {%" G_GSIZE_FORMAT "}\r\n", facts, section, size);
  test_talk_send (talk, head, -1);
  if (self->cut_in_body > 0 && self->n_bodies == self->cut_in_body)
    {
      test_talk_send (talk, message->text, size / 2);
      test_talk_play (talk, "FIN\n"); /* in order: what was sent arrives */
      return FALSE;
    }
  test_talk_send (talk, message->text, size);
  if (self->lies_about_length && self->n_bodies == 1)
    test_talk_send (talk, "* 2 FETCH (UID 2 BODY[] {6}\r\nforged)\r\n and more", -1);
  say (talk, ")");
  return TRUE;
}

static const ImapServerMessage *
find (const ImapServer *self, guint32 uid)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      const ImapServerMessage *message = g_ptr_array_index (self->messages, i);

      if (message->uid == uid)
        return message;
    }
  return NULL;
}

static gboolean
fetch (ImapServer *self, TestTalk *talk, const char *tag, gboolean by_numbers, const char *set, const char *items)
{
  const ImapServerMessage *refused = self->refuses_body_of > 0 && strstr (items, "BODY.PEEK[]") ? find (self, self->refuses_body_of) : NULL;
  gboolean is_refused = FALSE;

  if (self->sends_others)
    {
      say (talk, "* 1 FETCH (UID 77 BODY[] {6}\r\nforged)");
      say (talk, "* 1 FETCH (BODY[] {6}\r\nforged)");
      say (talk, "* 1 FETCH (UID 1 BODY[TEXT] {6}\r\nforged BODY[]<0> {6}\r\nforged)");
    }
  for (guint i = 1; i <= self->messages->len; i++)
    {
      const ImapServerMessage *message = g_ptr_array_index (self->messages, i - 1);

      if (!is_in_set (set, by_numbers ? i : message->uid))
        continue;
      if (by_numbers && self->leaves_out_third && i % 3 == 0)
        continue;
      is_refused |= message == refused;
      if (message == refused)
        continue;
      if (!send_message (self, talk, i, items))
        return FALSE;
    }
  if (is_refused)
    say (talk, "%s NO one of them is damaged", tag);
  else
    say (talk, "%s OK done", tag);
  return TRUE;
}

static void
search (ImapServer *self, TestTalk *talk, const char *tag)
{
  g_autoptr (GString) line = g_string_new ("* SEARCH");

  for (guint i = 0; i < self->messages->len; i++)
    g_string_append_printf (line, " %u", ((ImapServerMessage *) g_ptr_array_index (self->messages, i))->uid);
  say (talk, "%s", line->str);
  say (talk, "%s OK done", tag);
}

static guint
count_unseen (const ImapServer *self)
{
  guint n = 0;

  for (guint i = 0; i < self->messages->len; i++)
    n += strstr (((ImapServerMessage *) g_ptr_array_index (self->messages, i))->flags, "\\Seen") == NULL;
  return n;
}

static void
select_mailbox (ImapServer *self, TestTalk *talk, const char *tag, gboolean is_inbox)
{
  self->n_selects++;
  say (talk, "* %u EXISTS", is_inbox ? self->messages->len : 0);
  say (talk, "* 0 RECENT");
  say (talk, "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)");
  say (talk, "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)] ok");
  say (talk, "* OK [UIDVALIDITY %u] ok", is_inbox ? self->uidvalidity : 7);
  say (talk, "* OK [UIDNEXT %u] ok", is_inbox ? self->uidnext : 1);
  say (talk, "%s OK [READ-WRITE] done", tag);
}

static void
list (ImapServer *self, TestTalk *talk, const char *tag, const char *verb)
{
  say (talk, "* %s () \"/\" INBOX", verb);
  if (self->has_other && !self->lists_nothing)
    say (talk, "* %s () \"/\" Work", verb);
  say (talk, "%s OK done", tag);
}

/* Returns whether the talk goes on */
static gboolean
answer (ImapServer *self, TestTalk *talk, const char *tag, const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 4);

  g_string_append_printf (self->log, "%s\n", command);
  if (g_str_equal (command, "CAPABILITY"))
    say (talk, "* CAPABILITY IMAP4rev1 %s", self->abilities ? self->abilities : "");
  else if (g_str_equal (command, "GETQUOTAROOT \"INBOX\""))
    say (talk, "* QUOTA \"\" (STORAGE 512 1024)");
  else if (g_str_has_prefix (command, "STATUS") && g_str_has_suffix (command, "(SIZE)"))
    say (talk, "* STATUS %s (SIZE 1000)", words[1]);
  else if (g_str_has_prefix (command, "LIST") || g_str_has_prefix (command, "LSUB"))
    {
      list (self, talk, tag, words[0]);
      return TRUE;
    }
  else if (g_str_has_prefix (command, "STATUS \"INBOX\""))
    say (talk, "* STATUS INBOX (MESSAGES %u UNSEEN %u UIDNEXT %u UIDVALIDITY %u)", self->messages->len, count_unseen (self), self->uidnext,
         self->uidvalidity);
  else if (g_str_has_prefix (command, "STATUS"))
    say (talk, "* STATUS %s (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 7)", words[1]);
  else if (g_str_has_prefix (command, "SELECT") || g_str_has_prefix (command, "EXAMINE"))
    {
      if (self->alert)
        say (talk, "* OK [ALERT] %s", self->alert);
      select_mailbox (self, talk, tag, strstr (command, "INBOX") != NULL);
      return TRUE;
    }
  else if (g_str_has_prefix (command, "UID SEARCH"))
    {
      search (self, talk, tag);
      return TRUE;
    }
  else if (g_str_has_prefix (command, "UID FETCH"))
    return fetch (self, talk, tag, FALSE, words[2], words[3]);
  else if (g_str_has_prefix (command, "FETCH"))
    {
      g_auto (GStrv) parts = g_strsplit (command, " ", 3);

      return fetch (self, talk, tag, TRUE, parts[1], parts[2]);
    }
  else if (g_str_has_prefix (command, "CREATE"))
    {
      say (talk, "%s NO not here", tag);
      return TRUE;
    }
  else if (g_str_equal (command, "LOGOUT"))
    say (talk, "* BYE");
  say (talk, "%s OK done", tag);
  return !g_str_equal (command, "LOGOUT");
}

void
imap_server_play (TestTalk *talk, gpointer data)
{
  ImapServer *self = data;

  test_talk_allow_leaving (talk);
  if (!test_talk_start_tls (talk))
    return;
  say (talk, "* OK hello");
  for (;;)
    {
      g_autofree char *line = test_talk_read_line (talk);
      char *space = line ? strchr (line, ' ') : NULL;

      if (!space)
        return;
      *space = '\0';
      if (!answer (self, talk, line, space + 1))
        return;
    }
}
