/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a profile with two accounts and a few hundred messages, so that the window can be looked at without a server:
 * fill-profile DIR [N [FILE…]]: N messages in the first Inbox, and those of the files, newer than all others. */
#include "account-list.h"
#include "base-error.h"
#include "base-paths.h"
#include "mime-summary.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"

#include <stdlib.h>

static const char *const people[] = {
  "Ana Ruiz <ana@example.org>", "Tom Berg <tom@example.net>", "\"Dr. Maximiliane von und zu Hohenstein-Wittgenstein auf Burg Langenfels\" <max@example.com>",
  "news@example.org", "=?UTF-8?B?2YXYrdmF2K8=?= <mohammed@example.org>", "Jo <jo@a-very-long-domain-name-that-goes-on-and-on.example.museum>",
};

static const char *const subjects[] = {
  "Quarterly figures", "Flat in Porto", "Re: Re: Lunch on Friday?", "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=",
  "=?UTF-8?B?2YXYsdit2KjYpyDYqNin2YTYudin2YTZhQ==?=", "",
  "A subject that is so long that no window in the world could ever show it in one line, and that still goes on for a while after that",
};

static GBytes *
make_message (guint i, const char *date)
{
  gboolean has_file = i % 5 == 0;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "From: %s\r\nTo: Me <me@example.org>, Tom Berg <tom@example.net>\r\nCc: Ana Ruiz <ana@example.org>\r\nSubject: %s\r\n"
                          "Date: %s\r\nMessage-ID: <m%u@example.org>\r\nMIME-Version: 1.0\r\n",
                          people[i % G_N_ELEMENTS (people)], subjects[i % G_N_ELEMENTS (subjects)], date, i);
  if (i % 8 == 1 || i % 8 == 2 || i % 8 == 5) /* answers to a message that is older */
    g_string_append_printf (text, "In-Reply-To: <m%u@example.org>\r\n", i - i % 8 + 7);
  if (has_file)
    g_string_append (text, "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n");
  g_string_append_printf (text, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHello,\r\n\r\nmessage %u. The "
                          "figures are at https://example.org/figures_(final).html, and www.example.net has the rest.\r\n\r\n> What you asked before\r\n"
                          "> in two lines.\r\n\r\nGr\xc3\xbc\xc3\x9f" "e\r\n", i);
  if (has_file)
    g_string_append (text, "\r\n--x\r\nContent-Type: application/pdf; name=figures.pdf\r\nContent-Disposition: attachment; filename=figures.pdf\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--x\r\nContent-Type: text/x-python; name=run.py\r\n"
                     "Content-Disposition: attachment; filename=\"a rather long name of a script that somebody sent along with the letter.py\"\r\n\r\n"
                     "print(1)\r\n--x--\r\n");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static gint64
add_message (StoreDatabase *database, gint64 folder, guint i, gint64 received, MailFlags flags, gboolean is_whole, GError **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (received);
  g_autofree char *date = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S +0000");
  g_autoptr (GBytes) source = make_message (i, date);
  g_autoptr (MailSummary) summary = mime_summary_new (source, is_whole, received);

  summary->flags = flags;
  return store_messages_add (database, folder, source, summary, error);
}

static gboolean
add_outbox (StoreDatabase *database, gint64 account, guint i, StoreOutboxState state, const char *word, GError **error)
{
  g_autoptr (GBytes) source = make_message (i, "Sun, 22 Nov 2026 05:00:00 +0000");
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, g_get_real_time () / G_USEC_PER_SEC);
  StoreOutboxRecipient recipient = { (char *) "tom@example.net", STORE_RECIPIENT_WAITING, NULL };
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  StoreOutboxItem item = { .account = account, .state = STORE_OUTBOX_HELD, .sender = (char *) "me@example.org", .recipients = recipients };
  g_autoptr (GError) reason = word ? g_error_new_literal (BASE_ERROR, BASE_ERROR_RECIPIENT_REFUSED, "No recipient was accepted") : NULL;
  gint64 id;

  g_ptr_array_add (recipients, &recipient);
  base_error_set_reply (reason, "550 5.1.1 no such user here");
  summary->flags = MAIL_FLAG_SEEN;
  id = store_outbox_add (database, source, summary, &item, 0, error);
  return id > 0 && store_outbox_set_state (database, id, state, 0, reason, error);
}

static Account *
add_account (AccountList *list, const char *title, const char *email, MailSecurity security, GError **error)
{
  g_autoptr (Account) account = account_new ();

  g_object_set (account, "title", title, "person-name", "Me", "email", email, "protocol", ACCOUNT_POP3, "check-minutes", 0, NULL);
  account_set_server (account, ACCOUNT_INCOMING, "127.0.0.1", 9, security, "me");
  account_set_server (account, ACCOUNT_OUTGOING, "127.0.0.1", 9, security, "me");
  return account_list_save (list, account, error) ? g_steal_pointer (&account) : NULL;
}

static gboolean
fill_account (StoreDatabase *database, gint64 account, guint n, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 inbox, projects;

  if (!store_folders_prepare_account (database, account, error))
    return FALSE;
  inbox = store_folders_find_role (database, account, MAIL_ROLE_INBOX, error);
  projects = store_folders_create (database, account, "Projects", MAIL_ROLE_NONE, error);
  if (inbox <= 0 || projects < 0 || store_folders_create (database, account, "Projects/Porto", MAIL_ROLE_NONE, error) < 0
      || store_folders_create (database, account, "A folder whose name is much too long for any tree", MAIL_ROLE_NONE, error) < 0
      || !store_database_begin (database, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (add_message (database, inbox, i, now - (gint64) i * 4000 * (1 + i / 20), (i % 3 ? MAIL_FLAG_SEEN : 0) | (i % 7 == 2 ? MAIL_FLAG_FLAGGED : 0)
                     | (i % 11 == 4 ? MAIL_FLAG_ANSWERED : 0), i % 13 != 5, error) < 0)
      return FALSE;
  for (guint i = 0; i < 5; i++)
    if (add_message (database, projects, i, now - i * 90000, 0, TRUE, error) < 0)
      return FALSE;
  return store_database_commit (database, error);
}

static gboolean
add_files (StoreDatabase *database, gint64 account, char **files, GError **error)
{
  gint64 inbox = store_folders_find_role (database, account, MAIL_ROLE_INBOX, error);
  gint64 received = g_get_real_time () / G_USEC_PER_SEC;

  for (; *files; files++)
    {
      g_autoptr (GBytes) source = NULL;
      g_autoptr (MailSummary) summary = NULL;
      char *text;
      gsize length;

      if (!g_file_get_contents (*files, &text, &length, error))
        return FALSE;
      source = g_bytes_new_take (text, length);
      summary = mime_summary_new (source, TRUE, ++received);
      if (store_messages_add (database, inbox, source, summary, error) < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (const char *profile, guint n, char **files, GError **error)
{
  g_autoptr (BasePaths) paths = base_paths_new (profile, error);
  g_autoptr (AccountList) accounts = paths ? account_list_new (base_paths_get_accounts (paths), error) : NULL;
  g_autoptr (Store) store = accounts ? store_new (base_paths_get_database (paths), error) : NULL;
  g_autoptr (Account) work = store ? add_account (accounts, "Work", "me@example.org", MAIL_SECURITY_TLS, error) : NULL;
  g_autoptr (Account) home = work ? add_account (accounts, "Home", "me@example.net", MAIL_SECURITY_PLAINTEXT, error) : NULL;
  g_autoptr (StoreDatabase) database = home ? store_open (store, error) : NULL;
  gboolean is_done;

  is_done = database && store_folders_prepare_account (database, STORE_LOCAL_ACCOUNT, error)
            && fill_account (database, account_get_id (work), n, error)
            && fill_account (database, account_get_id (home), 3, error)
            && add_files (database, account_get_id (work), files, error)
            && add_outbox (database, account_get_id (work), 1, STORE_OUTBOX_FAILED, "recipient-refused", error)
            && add_outbox (database, account_get_id (work), 2, STORE_OUTBOX_MAYBE_SENT, NULL, error);
  g_clear_pointer (&database, store_database_free);
  if (store)
    store_close (store);
  return is_done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  mime_init ();
  if (argc < 2 || !fill (argv[1], argc > 2 ? (guint) atoi (argv[2]) : 300, argv + MIN (argc, 3), &error))
    {
      g_printerr ("%s\n", error ? error->message : "usage: fill-profile DIR [N [FILE…]]");
      return 1;
    }
  return 0;
}
