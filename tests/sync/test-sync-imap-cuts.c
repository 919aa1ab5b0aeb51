/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A move on a server with neither MOVE nor UIDPLUS, cut at every one of its commands, before and after the server has done it: the message is there
 * once in the end, whatever it is recognised by. */
#include "imap-session.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "store-pending.h"
#include "store-private.h"
#include "sync-imap.h"
#include "test-server.h"

#include "mime-summary.h"

#include <stdlib.h>
#include <string.h>

#define MOST_COMMANDS 40

typedef struct
{
  guint32 uid;
  gboolean is_deleted;
  gboolean is_other;   /* another message of the same Message-ID */
} Mail;

typedef struct
{
  GArray *boxes[2];    /* of Mail: INBOX, Archive */
  guint32 uidnext[2];
  int selected;
  guint n_commands;    /* so far */
  guint cut_at;        /* which one; 0 none */
  gboolean does_it;    /* before the cut */
} Poor;

typedef struct
{
  StoreFixture base;
  TestServer *server;
  Poor poor;
  gint64 inbox, archive;
  const char *header;  /* of the message that is moved, lines ended by CRLF, the empty line included */
  const char *other;
} Fixture;

static const char *const names[] = { "\"INBOX\"", "\"Archive\"" };

static G_GNUC_PRINTF (2, 3) void
say (TestTalk *talk, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  test_talk_send_line (talk, line);
}

static int
find_box (const char *words)
{
  return strstr (words, names[1]) ? 1 : 0;
}

/* "4", "60:*", "60:61" */
static gboolean
is_in_set (const char *set, guint32 uid)
{
  char *end;
  guint32 first = strtoul (set, &end, 10);
  guint32 last = *end == ':' ? (end[1] == '*' ? G_MAXUINT32 : strtoul (end + 1, NULL, 10)) : first;

  return uid >= first && uid <= last;
}

static void
search (Fixture *self, TestTalk *talk, const char *query)
{
  GArray *box = self->poor.boxes[self->poor.selected];
  g_autoptr (GString) found = g_string_new ("* SEARCH");
  const char *set = g_str_has_prefix (query, "UID ") ? query + 4 : NULL;

  for (guint i = 0; i < box->len; i++)
    {
      const Mail *mail = &g_array_index (box, Mail, i);

      if ((!set || is_in_set (set, mail->uid)) && (mail->is_deleted || !strstr (query, "DELETED")))
        g_string_append_printf (found, " %u", mail->uid);
    }
  test_talk_send_line (talk, found->str);
}

static void
fetch (Fixture *self, TestTalk *talk, const char *set)
{
  GArray *box = self->poor.boxes[self->poor.selected];

  for (guint i = 0; i < box->len; i++)
    {
      const Mail *mail = &g_array_index (box, Mail, i);
      const char *header = mail->is_other ? self->other : self->header;

      if (!is_in_set (set, mail->uid))
        continue;
      if (!strstr (set, "HEADER"))
        {
          say (talk, "* %u FETCH (UID %u)", i + 1, mail->uid);
          continue;
        }
      say (talk, "* %u FETCH (UID %u BODY[HEADER] {%zu}", i + 1, mail->uid, strlen (header));
      test_talk_send (talk, header, -1);
      test_talk_send_line (talk, ")");
    }
}

static void
copy (Fixture *self, const char *set, int target)
{
  GArray *box = self->poor.boxes[self->poor.selected];

  for (guint i = 0; i < box->len; i++)
    if (is_in_set (set, g_array_index (box, Mail, i).uid))
      {
        Mail mail = { self->poor.uidnext[target]++, FALSE, g_array_index (box, Mail, i).is_other };

        g_array_append_val (self->poor.boxes[target], mail);
      }
}

static void
change (Fixture *self, const char *command)
{
  GArray *box = self->poor.boxes[self->poor.selected];

  if (g_str_has_prefix (command, "UID COPY "))
    copy (self, command + 9, find_box (command));
  for (guint i = 0; i < box->len && g_str_has_prefix (command, "UID STORE "); i++)
    g_array_index (box, Mail, i).is_deleted |= is_in_set (command + 10, g_array_index (box, Mail, i).uid);
  for (guint i = box->len; i > 0 && g_str_equal (command, "EXPUNGE"); i--)
    if (g_array_index (box, Mail, i - 1).is_deleted)
      g_array_remove_index (box, i - 1);
}

static void
answer (Fixture *self, TestTalk *talk, const char *command)
{
  int box = find_box (command);

  if (g_str_has_prefix (command, "SELECT "))
    {
      self->poor.selected = box;
      say (talk, "* %u EXISTS", self->poor.boxes[box]->len);
      say (talk, "* OK [UIDVALIDITY 7] ok");
      say (talk, "* OK [UIDNEXT %u] ok", self->poor.uidnext[box]);
    }
  else if (g_str_has_prefix (command, "STATUS "))
    say (talk, "* STATUS %s (UIDVALIDITY 7 UIDNEXT %u MESSAGES %u)", names[box], self->poor.uidnext[box], self->poor.boxes[box]->len);
  else if (g_str_has_prefix (command, "UID SEARCH "))
    search (self, talk, command + 11);
  else if (g_str_has_prefix (command, "UID FETCH "))
    fetch (self, talk, command + 10);
}

static void
play (TestTalk *talk, gpointer data)
{
  Fixture *self = data;

  test_talk_allow_leaving (talk);
  say (talk, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
  for (;;)
    {
      g_autofree char *line = test_talk_read_line (talk);
      char *command = line ? strchr (line, ' ') : NULL;
      gboolean is_cut;

      if (!command)
        return;
      *command++ = '\0';
      is_cut = ++self->poor.n_commands == self->poor.cut_at;
      if (!is_cut || self->poor.does_it)
        change (self, command);
      if (is_cut)
        {
          test_talk_cut (talk);
          return;
        }
      answer (self, talk, command);
      say (talk, "%s OK done", line);
    }
}

static gint64
make_folder (Fixture *self, const char *path, MailRole role)
{
  StoreImapFolder folder = { .account = 2, .wire_name = (char *) path, .path = (char *) path, .role = role, .can_be_opened = TRUE,
                             .uidvalidity = 7, .uidnext = 50 };

  folder.folder = store_imap_save_folder (self->base.database, &folder, NULL);
  g_assert_true (store_imap_set_state (self->base.database, &folder, NULL));
  return folder.folder;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  gboolean has_id = GPOINTER_TO_INT (data);

  store_fixture_set_up (&self->base, NULL);
  self->inbox = make_folder (self, "INBOX", MAIL_ROLE_INBOX);
  self->archive = make_folder (self, "Archive", MAIL_ROLE_ARCHIVE);
  self->header = has_id ? "Subject: this\r\nMessage-ID: <a@example.org>\r\n\r\n" : "Subject: this\r\n\r\n";
  self->other = has_id ? "Subject: other\r\nMessage-ID: <a@example.org>\r\n\r\n" : "Subject: other\r\n\r\n";
  for (int i = 0; i < 2; i++)
    self->poor.boxes[i] = g_array_new (FALSE, FALSE, sizeof (Mail));
  self->server = test_server_new ();
  test_server_add_func (self->server, play, self);
  test_server_set_repeat (self->server, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_server_free (self->server);
  for (int i = 0; i < 2; i++)
    g_array_unref (self->poor.boxes[i]);
  store_fixture_assert_sound (&self->base);
  store_fixture_tear_down (&self->base, NULL);
}

static gboolean
replay (Fixture *self)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_PLAINTEXT, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (ImapSession) session = NULL;
  SyncPass pass = { .database = self->base.database, .account = 2, .login = login, .trace_tag = "test", .now = 10000 };
  gboolean is_done;

  self->poor.n_commands = 0;
  is_done = sync_imap_replay (&pass, &session, NULL, NULL);
  if (session)
    imap_session_close (session);
  return is_done;
}

/* A message of the Inbox that is to go to the Archive, where another one arrives that looks like it */
static gint64
prepare (Fixture *self)
{
  g_autofree char *text = g_strconcat (self->header, "Hello.\r\n", NULL);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1000);
  const Mail this = { 4, FALSE, FALSE }, other = { 60, FALSE, TRUE };
  gint64 id = store_messages_add (self->base.database, self->inbox, source, summary, NULL);

  g_assert_true (store_imap_set_uid (self->base.database, id, self->inbox, this.uid, NULL));
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  for (int i = 0; i < 2; i++)
    g_array_set_size (self->poor.boxes[i], 0);
  g_array_append_val (self->poor.boxes[0], this);
  g_array_append_val (self->poor.boxes[1], other);
  self->poor.uidnext[0] = 5;
  self->poor.uidnext[1] = 61;
  return id;
}

static void
assert_moved (Fixture *self, gint64 id)
{
  const GArray *archive = self->poor.boxes[1];

  g_assert_cmpuint (self->poor.boxes[0]->len, ==, 0);
  g_assert_cmpuint (archive->len, ==, 2);
  g_assert_true (g_array_index (archive, Mail, 0).is_other);
  g_assert_false (g_array_index (archive, Mail, 0).is_deleted);
  g_assert_false (g_array_index (archive, Mail, 1).is_other);
  g_assert_false (g_array_index (archive, Mail, 1).is_deleted);
  g_assert_cmpint (store_filing_find_folder (self->base.database, id, NULL), ==, self->archive);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM pending"), ==, 0);
}

static void
test_cut_everywhere (Fixture *self, gconstpointer data)
{
  gboolean was_cut = TRUE;

  for (guint at = 1; was_cut && at < MOST_COMMANDS; at++)
    for (int does_it = 0; does_it <= 1; does_it++)
      {
        gint64 id = prepare (self);

        self->poor.cut_at = at;
        self->poor.does_it = does_it;
        was_cut = !replay (self);
        self->poor.cut_at = 0;
        g_assert_true (!was_cut || replay (self));
        assert_moved (self, id);
        g_assert_true (store_messages_delete (self->base.database, &id, 1, NULL));
      }
  g_assert_false (was_cut);
}

/* The second replay is cut as well. */
static void
test_cut_twice (Fixture *self, gconstpointer data)
{
  for (guint first = 5; first <= 9; first++)
    for (guint second = 1; second <= 9; second += 2)
      {
        gint64 id = prepare (self);

        self->poor.does_it = (first + second) % 2;
        self->poor.cut_at = first;
        replay (self);
        self->poor.does_it = TRUE;
        self->poor.cut_at = second;
        replay (self);
        self->poor.cut_at = 0;
        g_assert_true (replay (self));
        assert_moved (self, id);
        g_assert_true (store_messages_delete (self->base.database, &id, 1, NULL));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
#define TEST(path, has_id, func) g_test_add ("/sync/imap/cuts/" path, Fixture, GINT_TO_POINTER (has_id), set_up, func, tear_down)
  TEST ("move-with-message-id/is-there-once-wherever-it-was-cut", TRUE, test_cut_everywhere);
  TEST ("move-without-message-id/is-there-once-wherever-it-was-cut", FALSE, test_cut_everywhere);
  TEST ("move-cut-twice/is-there-once", TRUE, test_cut_twice);
  TEST ("move-without-message-id-cut-twice/is-there-once", FALSE, test_cut_twice);
  return g_test_run ();
}
