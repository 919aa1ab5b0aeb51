/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A POP3 server with a mailbox of its own. */
#include "pop3-mailbox.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void
message_free (gpointer data)
{
  Pop3MailboxMessage *message = data;

  g_free (message->uidl);
  g_free (message->text);
  g_free (message);
}

Pop3Mailbox *
pop3_mailbox_new (void)
{
  Pop3Mailbox *self = g_new0 (Pop3Mailbox, 1);

  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->has_capa = self->has_uidl = self->has_top = self->has_list = self->pipelines = TRUE;
  self->log = g_string_new (NULL);
  return self;
}

void
pop3_mailbox_free (Pop3Mailbox *self)
{
  g_ptr_array_unref (self->messages);
  g_string_free (self->log, TRUE);
  g_free (self->database);
  g_free (self);
}

Pop3MailboxMessage *
pop3_mailbox_add (Pop3Mailbox *self, const char *uidl, const char *id, const char *body)
{
  Pop3MailboxMessage *message = g_new0 (Pop3MailboxMessage, 1);
  g_autofree char *id_line = id != NULL ? g_strdup_printf ("Message-ID: <%s@example.org>\r\n", id) : g_strdup ("");

  message->uidl = g_strdup (uidl);
  message->text = g_strdup_printf ("From: Ana <ana@example.org>\r\nSubject: test\r\n%s\r\n%s\r\n", id_line, body);
  message->list_size = -1;
  g_ptr_array_add (self->messages, message);
  return message;
}

void
pop3_mailbox_fill (Pop3Mailbox *self, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *uidl = g_strdup_printf ("u%u", i);
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *filler = g_strnfill (i * 37 % 4000, 'a' + (char) (i % 26));
      g_autofree char *body = g_strdup_printf (".%u\r\n..\r\n%s\r\n.", i, filler);

      pop3_mailbox_add (self, uidl, id, body);
    }
}

Pop3MailboxMessage *
pop3_mailbox_get (Pop3Mailbox *self, guint index)
{
  return g_ptr_array_index (self->messages, index);
}

void
pop3_mailbox_remove (Pop3Mailbox *self, guint index)
{
  g_ptr_array_remove_index (self->messages, index);
}

void
pop3_mailbox_reset_counts (Pop3Mailbox *self)
{
  self->n_retr = self->n_top = self->n_dele = self->n_deleted = self->n_steps = 0;
  g_string_truncate (self->log, 0);
}

/* A place where the client may die. FALSE: it did. */
static gboolean
step (Pop3Mailbox *self, TestTalk *talk)
{
  if (++self->n_steps != self->kill_at_step)
    return TRUE;
  while (g_atomic_int_get (&self->kill_pid) == 0)
    g_usleep (1000);
  kill (g_atomic_int_get (&self->kill_pid), SIGKILL);
  test_talk_cut (talk);
  return FALSE;
}

static gint64
truth_or (const Pop3MailboxMessage *message)
{
  return message->list_size >= 0 ? message->list_size : (gint64) strlen (message->text);
}

static void
append_line (Pop3Mailbox *self, GString *text, guint index, gboolean is_uidl)
{
  const Pop3MailboxMessage *message = pop3_mailbox_get (self, index);

  if (is_uidl)
    g_string_append_printf (text, "%u %s\r\n", index + 1, message->uidl);
  else
    g_string_append_printf (text, "%u %" G_GINT64_FORMAT "\r\n", index + 1, truth_or (message));
}

static gboolean
send_list (Pop3Mailbox *self, TestTalk *talk, gboolean is_uidl)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = self->messages->len;

  if (is_uidl ? !self->has_uidl : !self->has_list)
    return test_talk_send_line (talk, "-ERR unknown command");
  if (self->lists_nonsense)
    g_string_append (text, "0 zero\r\n99999999999999999999 absurd\r\nhello\r\n\r\n-4 x\r\n");
  for (guint i = 0; i < n; i++)
    {
      guint index = self->lists_backwards ? n - 1 - i : i;

      if (!pop3_mailbox_get (self, index)->is_marked && !(is_uidl && self->forgets_uidl_of_last && index == n - 1))
        append_line (self, text, index, is_uidl);
    }
  return test_talk_send_line (talk, "+OK") && test_talk_send_multi (talk, text->str, (gssize) text->len);
}

static Pop3MailboxMessage *
find (Pop3Mailbox *self, const char *arguments)
{
  guint number = (guint) strtoul (arguments, NULL, 10);

  return number > 0 && number <= self->messages->len && !pop3_mailbox_get (self, number - 1)->is_marked ? pop3_mailbox_get (self, number - 1) : NULL;
}

static gboolean
send_message (Pop3Mailbox *self, TestTalk *talk, Pop3MailboxMessage *message)
{
  g_autofree char *text = g_strdup (message->text);

  self->n_retr++;
  if (message->is_refused)
    return test_talk_send_line (talk, "-ERR [SYS/TEMP] cannot read this one");
  if (self->writes_status && strncmp (message->text, "Status:", 7) != 0)
    {
      g_free (message->text);
      message->text = g_strconcat ("Status: RO\r\n", text, NULL);
    }
  if (!test_talk_send_line (talk, "+OK message follows"))
    return FALSE;
  if (self->n_retr == self->cut_in_retr || self->n_retr == self->no_dot_after)
    {
      g_auto (GStrv) pieces = g_strsplit (text, "\r\n.", -1);
      g_autofree char *stuffed = g_strjoinv ("\r\n..", pieces);

      test_talk_send (talk, stuffed, self->n_retr == self->no_dot_after ? -1 : (gssize) strlen (stuffed) / 2);
      if (self->n_retr == self->cut_in_retr)
        test_talk_cut (talk);
      return FALSE;
    }
  return step (self, talk) && test_talk_send_multi (talk, text, -1);
}

static gboolean
send_top (Pop3Mailbox *self, TestTalk *talk, const Pop3MailboxMessage *message)
{
  const char *end = strstr (message->text, "\r\n\r\n");

  self->n_top++;
  if (!self->has_top || self->top_is_refused)
    return test_talk_send_line (talk, "-ERR no TOP here");
  return test_talk_send_line (talk, "+OK") && test_talk_send_multi (talk, message->text, end + 4 - message->text);
}

/* A message must be whole in the store before its DELE arrives. */
static void
check_kept (Pop3Mailbox *self, TestTalk *talk, const Pop3MailboxMessage *message)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  int n = 0;

  if (self->database == NULL)
    return;
  if (sqlite3_open_v2 (self->database, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
      && sqlite3_busy_timeout (handle, 5000) == SQLITE_OK
      && sqlite3_prepare_v2 (handle, "SELECT count(*) FROM source_data WHERE data = CAST(?1 AS BLOB)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, message->text, -1, SQLITE_STATIC);
      if (sqlite3_step (statement) == SQLITE_ROW)
        n = sqlite3_column_int (statement, 0);
    }
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  if (n != 1)
    test_talk_fail (talk, "DELE of %s, which is not in the store", message->uidl);
}

static gboolean
mark (Pop3Mailbox *self, TestTalk *talk, Pop3MailboxMessage *message)
{
  self->n_dele++;
  check_kept (self, talk, message);
  message->is_marked = TRUE;
  return test_talk_send_line (talk, "+OK marked");
}

static void
forget_marks (Pop3Mailbox *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    pop3_mailbox_get (self, i)->is_marked = FALSE;
}

static void
quit (Pop3Mailbox *self, TestTalk *talk)
{
  if (self->quit == POP3_QUIT_REFUSED)
    {
      test_talk_send_line (talk, "-ERR some messages were not removed");
      return;
    }
  for (guint i = self->messages->len; i > 0 && self->quit != POP3_QUIT_CUT_BEFORE; i--)
    if (pop3_mailbox_get (self, i - 1)->is_marked)
      {
        self->n_deleted++;
        pop3_mailbox_remove (self, i - 1);
      }
  if (self->quit != POP3_QUIT_WELL)
    test_talk_cut (talk);
  else if (step (self, talk))
    test_talk_send_line (talk, "+OK bye");
}

static gboolean
send_capabilities (Pop3Mailbox *self, TestTalk *talk)
{
  g_autofree char *text = g_strdup_printf ("USER\r\nRESP-CODES\r\n%s%s%s", self->has_top ? "TOP\r\n" : "", self->has_uidl ? "UIDL\r\n" : "",
                                           self->pipelines ? "PIPELINING\r\n" : "");

  if (!self->has_capa)
    return test_talk_send_line (talk, "-ERR unknown command");
  return test_talk_send_line (talk, "+OK") && test_talk_send_multi (talk, text, -1);
}

/* FALSE: the conversation has ended. */
static gboolean
answer (Pop3Mailbox *self, TestTalk *talk, const char *line)
{
  const char *arguments = strchr (line, ' ');
  Pop3MailboxMessage *message = arguments != NULL ? find (self, arguments + 1) : NULL;

  if (strcmp (line, "CAPA") == 0)
    return send_capabilities (self, talk);
  if (g_str_has_prefix (line, "USER "))
    return test_talk_send_line (talk, "+OK");
  if (g_str_has_prefix (line, "PASS "))
    {
      test_talk_send_line (talk, self->pass_refusal != NULL ? self->pass_refusal : "+OK");
      return self->pass_refusal == NULL;
    }
  if (strcmp (line, "STAT") == 0)
    return test_talk_send_line (talk, "+OK 1 1");
  if (strcmp (line, "UIDL") == 0 || strcmp (line, "LIST") == 0)
    return send_list (self, talk, *line == 'U');
  if (strcmp (line, "QUIT") == 0)
    {
      quit (self, talk);
      return FALSE;
    }
  if (message == NULL)
    return test_talk_send_line (talk, "-ERR no such message");
  if (g_str_has_prefix (line, "RETR "))
    return send_message (self, talk, message);
  if (g_str_has_prefix (line, "TOP "))
    return send_top (self, talk, message);
  return mark (self, talk, message);
}

void
pop3_mailbox_serve (TestTalk *talk, gpointer mailbox)
{
  Pop3Mailbox *self = mailbox;
  gboolean goes_on;

  forget_marks (self);
  test_talk_allow_leaving (talk);
  goes_on = step (self, talk) && test_talk_send_line (talk, "+OK ready");
  while (goes_on)
    {
      g_autofree char *line = test_talk_read_line (talk);

      if (line == NULL)
        break;
      g_string_append_printf (self->log, "%s\n", line);
      goes_on = step (self, talk) && answer (self, talk, line) && step (self, talk);
    }
}
