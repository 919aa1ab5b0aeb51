/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: kept byte for byte, listed in order, marked, moved, copied, deleted, counted. */
#include "mail-address.h"
#include "store-fixture.h"
#include "store-private.h"

#include "base-error.h"

#include <string.h>

static gint64
add (StoreFixture *self, gint64 folder, GBytes *source, MailSummary *summary)
{
  g_autoptr (GError) error = NULL;
  gint64 id = store_messages_add (self->database, folder, source, summary, &error);

  g_assert_no_error (error);
  return id;
}

static void
test_source_comes_back (StoreFixture *self, gconstpointer data)
{
  const gsize sizes[] = { 0, 1, 100, 8192, 100000, 3000000 };
  gint64 inbox = store_fixture_inbox (self);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MailSummary) summary = store_fixture_make_summary ("a", "b", "c");
      guint8 *bytes = g_malloc (sizes[i] + 1);
      g_autoptr (GBytes) source = NULL;
      g_autoptr (GBytes) loaded = NULL;
      gint64 id;

      for (gsize k = 0; k < sizes[i]; k++)
        bytes[k] = k * 7 + (k >> 8) + i;
      source = g_bytes_new_take (bytes, sizes[i]);
      id = add (self, inbox, source, summary);
      loaded = store_messages_load_source (self->database, id, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (source, loaded));
    }
  store_fixture_assert_sound (self);
}

static void
test_row_comes_back (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) source = g_bytes_new_static ("x", 1);
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("one", "Grüße, Welt", "Ruiz, \"Ana\"");
  g_autoptr (MailSummary) loaded = NULL;
  gint64 id;

  g_ptr_array_add (summary->to, mail_address_new ("Tom", "tom@example.org"));
  summary->flags = MAIL_FLAG_FLAGGED | MAIL_FLAG_SEEN;
  summary->date_offset = -210;
  summary->has_attachments = TRUE;
  summary->in_reply_to = g_strdup ("zero@example.org");
  g_strfreev (summary->references_ids);
  summary->references_ids = g_strsplit ("a@b c@d", " ", -1);
  id = add (self, store_fixture_inbox (self), source, summary);
  loaded = store_messages_get (self->database, id, &error);
  g_assert_no_error (error);

  g_assert_cmpint (loaded->id, ==, id);
  g_assert_cmpint (loaded->folder, ==, store_fixture_inbox (self));
  g_assert_cmpstr (loaded->message_id, ==, "one@example.org");
  g_assert_cmpstr (loaded->subject, ==, "Grüße, Welt");
  g_assert_cmpuint (loaded->from->len, ==, 1);
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (loaded->from, 0))->name, ==, "Ruiz, \"Ana\"");
  g_assert_cmpuint (loaded->to->len, ==, 2);
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (loaded->to, 1))->address, ==, "tom@example.org");
  g_assert_cmpint (loaded->flags, ==, MAIL_FLAG_FLAGGED | MAIL_FLAG_SEEN);
  g_assert_cmpint (loaded->date, ==, 900);
  g_assert_cmpint (loaded->date_offset, ==, -210);
  g_assert_cmpint (loaded->received, ==, 1000);
  g_assert_cmpint (loaded->size, ==, 1);
  g_assert_true (loaded->is_whole);
  g_assert_true (loaded->has_attachments);
  g_assert_cmpstr (loaded->in_reply_to, ==, "zero@example.org");
  g_assert_cmpuint (g_strv_length (loaded->references_ids), ==, 2);
  g_assert_cmpstr (loaded->references_ids[1], ==, "c@d");
}

/* The second looks like two, the third is to a list too long for a row. */
static void
test_odd_people (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) source = g_bytes_new_static ("x", 1);
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("one", "s", "f");
  g_autoptr (MailSummary) loaded = NULL;

  g_ptr_array_set_size (summary->to, 0);
  g_ptr_array_add (summary->to, mail_address_new ("O'Neil; \\ \"Bob\" <x@y>, Sons", "bob@example.org"));
  g_ptr_array_add (summary->to, mail_address_new (NULL, "\"a, b@c\"@example.org"));
  for (int i = 0; i < 1000; i++)
    g_ptr_array_add (summary->to, mail_address_new (NULL, "many@example.org"));
  loaded = store_messages_get (self->database, add (self, store_fixture_inbox (self), source, summary), NULL);
  g_assert_cmpuint (loaded->to->len, ==, 100);
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (loaded->to, 0))->name, ==, "O'Neil; \\ \"Bob\" <x@y>, Sons");
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (loaded->to, 0))->address, ==, "bob@example.org");
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (loaded->to, 1))->address, ==, "\"a, b@c\"@example.org");
}

static void
test_missing_message (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (store_messages_get (self->database, 77, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (store_messages_load_source (self->database, 77, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

static void
test_folder_that_is_not_there (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) source = g_bytes_new_static ("x", 1);
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("one", "s", "f");

  g_assert_cmpint (store_messages_add (self->database, 4711, source, summary, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source"), ==, 0);
}

static void
test_shared_source (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 ids[] = { store_fixture_add (self, inbox, "a"), store_fixture_add (self, inbox, "a"), 0 };

  g_assert_true (store_messages_copy (self->database, ids, 1, inbox, NULL));
  ids[2] = store_fixture_count (self, "SELECT max (id) FROM message");
  g_assert_cmpint (ids[2], >, ids[1]);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source"), ==, 1);
  g_assert_true (store_messages_delete (self->database, ids, 2, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source_data"), ==, 1);
  g_assert_true (store_messages_delete (self->database, ids + 2, 1, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source_data"), ==, 0);
}

static void
test_ids_are_never_used_again (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 first = store_fixture_add (self, inbox, "a");

  g_assert_true (store_messages_delete (self->database, &first, 1, NULL));
  store_fixture_close (self);
  store_fixture_open (self);
  g_assert_cmpint (store_fixture_add (self, inbox, "b"), >, first);
}

static void
assert_counts (StoreFixture *self, gint64 id, guint total, guint unread)
{
  g_autoptr (StoreFolder) folder = store_folders_get (self->database, id, NULL);

  g_assert_cmpuint (folder->total, ==, total);
  g_assert_cmpuint (folder->unread, ==, unread);
}

static void
test_counts (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 trash = store_folders_find_role (self->database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 ids[] = { store_fixture_add (self, inbox, "a"), store_fixture_add (self, inbox, "b"), store_fixture_add (self, inbox, "c") };

  assert_counts (self, inbox, 3, 3);
  g_assert_true (store_messages_set_flags (self->database, ids, 2, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_messages_set_flags (self->database, ids, 2, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, 0, NULL));
  assert_counts (self, inbox, 3, 1);
  g_assert_true (store_messages_move (self->database, ids + 1, 2, trash, NULL));
  assert_counts (self, inbox, 1, 0);
  assert_counts (self, trash, 2, 1);
  g_assert_true (store_messages_copy (self->database, ids + 2, 1, inbox, NULL));
  assert_counts (self, inbox, 2, 1);
  g_assert_true (store_messages_set_flags (self->database, ids + 1, 1, 0, MAIL_FLAG_SEEN, NULL));
  assert_counts (self, trash, 2, 2);
  g_assert_true (store_messages_delete (self->database, ids, 3, NULL));
  assert_counts (self, inbox, 1, 1);
  assert_counts (self, trash, 0, 0);
  store_fixture_assert_sound (self);
}

static void
test_gone_ids_are_passed_over (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 trash = store_folders_find_role (self->database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 ids[] = { 500, store_fixture_add (self, inbox, "a"), 501 };
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (store_messages_set_flags (self->database, ids, 3, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_messages_move (self->database, ids, 3, trash, NULL));
  g_assert_true (store_messages_copy (self->database, ids, 3, inbox, NULL));
  rows = store_messages_get_rows (self->database, ids, 3, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_null (g_ptr_array_index (rows, 0));
  g_assert_cmpint (((MailSummary *) g_ptr_array_index (rows, 1))->folder, ==, trash);
  g_assert_null (g_ptr_array_index (rows, 2));
  g_assert_true (store_messages_delete (self->database, ids, 3, NULL));
  assert_counts (self, trash, 0, 0);
  assert_counts (self, inbox, 1, 0);
}

/* subject, from, date, received, size */
static const struct
{
  const char *subject, *from;
  gint64 date, received;
  gsize size;
} samples[] = {
  { "Re: Zebra", "älter", 50, 10, 30 },
  { "apple", "Bob", 40, 20, 10 },
  { "AW: Re[2]: Äpfel", "alice", 30, 30, 50 },
  { "Fwd: zebra", "Zoë", 20, 40, 20 },
  { "éclair", "\"carl\"", 10, 50, 40 },
};

static void
assert_order (StoreFixture *self, gint64 folder, const gint64 *ids, StoreSort sort, const char *expected)
{
  g_autoptr (GString) got = g_string_new (NULL);
  g_autofree char *backwards = NULL;

  for (int is_ascending = 1; is_ascending >= 0; is_ascending--)
    {
      StoreQuery query = { .folder = folder, .sort = sort, .is_ascending = is_ascending };
      g_autoptr (GArray) list = store_messages_list_ids (self->database, &query, NULL);

      g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (samples));
      g_string_truncate (got, 0);
      for (guint i = 0; i < list->len; i++)
        for (guint k = 0; k < G_N_ELEMENTS (samples); k++)
          if (ids[k] == g_array_index (list, gint64, i))
            g_string_append_printf (got, "%u", k);
      if (!is_ascending)
        g_strreverse (got->str);
      g_assert_cmpstr (got->str, ==, expected);
    }
}

static void
test_orders (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 trash = store_folders_find_role (self->database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 ids[G_N_ELEMENTS (samples)];

  store_fixture_add (self, trash, "elsewhere");
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (MailSummary) summary = store_fixture_make_summary ("x", samples[i].subject, samples[i].from);
      g_autofree char *text = g_strnfill (samples[i].size, 'a' + i);
      g_autoptr (GBytes) source = g_bytes_new (text, samples[i].size);
      MailAddress *person = g_ptr_array_index (summary->to, 0);

      g_free (person->name);
      person->name = g_strdup (samples[i].from);
      summary->date = samples[i].date;
      summary->received = samples[i].received;
      ids[i] = add (self, inbox, source, summary);
    }
  assert_order (self, inbox, ids, STORE_SORT_RECEIVED, "01234");
  assert_order (self, inbox, ids, STORE_SORT_DATE, "43210");
  assert_order (self, inbox, ids, STORE_SORT_SIZE, "13042");
  assert_order (self, inbox, ids, STORE_SORT_SUBJECT, "21430");
  assert_order (self, inbox, ids, STORE_SORT_FROM, "20143");
  assert_order (self, inbox, ids, STORE_SORT_TO, "20143");
}

static void
test_filters (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 ids[] = { store_fixture_add (self, inbox, "a"), store_fixture_add (self, inbox, "b"), store_fixture_add (self, inbox, "c") };
  StoreQuery query = { .folder = inbox, .sort = STORE_SORT_DATE, .is_ascending = TRUE, .only_unread = TRUE };
  g_autoptr (GArray) unread = NULL;
  g_autoptr (GArray) both = NULL;

  g_assert_true (store_messages_set_flags (self->database, ids, 1, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_messages_set_flags (self->database, ids, 2, MAIL_FLAG_FLAGGED, 0, NULL));
  unread = store_messages_list_ids (self->database, &query, NULL);
  g_assert_cmpuint (unread->len, ==, 2);
  g_assert_cmpint (g_array_index (unread, gint64, 0), ==, ids[1]);
  g_assert_cmpint (store_messages_count (self->database, &query, NULL), ==, 2);
  query.only_flagged = TRUE;
  both = store_messages_list_ids (self->database, &query, NULL);
  g_assert_cmpuint (both->len, ==, 1);
  g_assert_cmpint (g_array_index (both, gint64, 0), ==, ids[1]);
  query.only_attachments = TRUE;
  g_assert_cmpint (store_messages_count (self->database, &query, NULL), ==, 0);
  query = (StoreQuery) { .folder = inbox };
  g_assert_cmpint (store_messages_count (self->database, &query, NULL), ==, 3);
}

/* A list of 100,000 must not sort or touch rows: the plan says whether it does. */
static void
test_lists_use_covering_indexes (StoreFixture *self, gconstpointer data)
{
  for (StoreSort sort = STORE_SORT_RECEIVED; sort <= STORE_SORT_SIZE; sort++)
    for (int bits = 0; bits < 4; bits++)
      {
        StoreQuery query = { .folder = 1, .sort = sort, .is_ascending = bits & 1, .only_unread = bits & 2 };
        g_autoptr (GArray) ids = store_messages_list_ids (self->database, &query, NULL);
        sqlite3_stmt *statement = NULL;
        g_autofree char *sql = NULL;
        sqlite3_stmt *plan = NULL;
        gboolean has_row;

        g_assert_nonnull (ids);
        while ((statement = sqlite3_next_stmt (store_database_get_handle (self->database), statement)))
          if (strstr (sqlite3_sql (statement), "FROM message INDEXED BY"))
            {
              sql = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (statement), NULL);
              break;
            }
        g_assert_nonnull (sql);
        plan = store_database_prepare (self->database, sql, NULL);
        while (store_database_step (self->database, plan, &has_row, NULL) && has_row)
          {
            const char *detail = (const char *) sqlite3_column_text (plan, 3);

            g_assert_null (strstr (detail, "TEMP B-TREE"));
            if (strstr (detail, " message "))
              g_assert_nonnull (strstr (detail, "COVERING INDEX"));
          }
      }
}

static void
test_replace (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 inbox = store_fixture_inbox (self);
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("one", "only the headers", "Ana");
  g_autoptr (MailSummary) whole = store_fixture_make_summary ("one", "now it is whole", "Ana");
  g_autoptr (GBytes) headers = g_bytes_new_static ("headers", 7);
  g_autoptr (GBytes) source = g_bytes_new_static ("headers and body", 16);
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (MailSummary) row = NULL;
  g_autoptr (MailSummary) copy = NULL;
  gint64 id, copy_id;

  summary->is_whole = FALSE;
  summary->size = 5000;
  id = add (self, inbox, headers, summary);
  g_assert_true (store_messages_set_flags (self->database, &id, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_messages_copy (self->database, &id, 1, inbox, NULL));
  copy_id = store_fixture_count (self, "SELECT max (id) FROM message");
  g_assert_true (store_messages_replace (self->database, id, source, whole, &error));
  g_assert_no_error (error);

  row = store_messages_get (self->database, id, NULL);
  g_assert_cmpstr (row->subject, ==, "now it is whole");
  g_assert_true (row->is_whole);
  g_assert_cmpint (row->flags, ==, MAIL_FLAG_FLAGGED);
  g_assert_cmpint (row->size, ==, 16);
  copy = store_messages_get (self->database, copy_id, NULL);
  g_assert_true (copy->is_whole);
  loaded = store_messages_load_source (self->database, copy_id, NULL);
  g_assert_true (g_bytes_equal (loaded, source));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source"), ==, 1);
  g_assert_false (store_messages_replace (self->database, 999, source, whole, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  store_fixture_assert_sound (self);
}

static gint64
add_answer (StoreFixture *self, gint64 folder, const char *id, const char *in_reply_to, const char *references)
{
  g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "f");
  g_autoptr (GBytes) source = g_bytes_new (id, strlen (id));
  g_autoptr (MailSummary) row = NULL;

  summary->in_reply_to = g_strdup (in_reply_to);
  g_strfreev (summary->references_ids);
  summary->references_ids = g_strsplit (references, " ", -1);
  row = store_messages_get (self->database, add (self, folder, source, summary), NULL);
  return row->thread;
}

static void
test_find_message_id (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 trash = store_folders_find_role (self->database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 drafts = store_folders_find_role (self->database, 1, MAIL_ROLE_DRAFTS, NULL);
  gint64 other = store_folders_create (self->database, 2, "Inbox", MAIL_ROLE_INBOX, NULL);
  gint64 mine = store_fixture_add (self, inbox, "a");
  gint64 theirs = store_fixture_add (self, other, "a");
  gint64 deleted = store_fixture_add (self, trash, "b");

  store_fixture_add (self, trash, "a");
  store_fixture_add (self, drafts, "a");
  store_fixture_add (self, drafts, "c");
  g_assert_cmpint (store_messages_find_message_id (self->database, 1, "a@example.org", NULL), ==, mine);
  g_assert_cmpint (store_messages_find_message_id (self->database, 2, "a@example.org", NULL), ==, theirs);
  g_assert_cmpint (store_messages_find_message_id (self->database, 1, "b@example.org", NULL), ==, deleted);
  g_assert_cmpint (store_messages_find_message_id (self->database, 1, "c@example.org", NULL), ==, 0);
}

static void
test_threads (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 sent = store_folders_find_role (self->database, 1, MAIL_ROLE_SENT, NULL);
  gint64 thread = add_answer (self, inbox, "root", NULL, "");
  gint64 other;

  g_assert_true (store_folders_prepare_account (self->database, 2, NULL));
  other = store_folders_find_role (self->database, 2, MAIL_ROLE_INBOX, NULL);
  g_assert_cmpint (thread, >, 0);
  g_assert_cmpint (add_answer (self, sent, "answer", "root@example.org", "root@example.org"), ==, thread);
  g_assert_cmpint (add_answer (self, inbox, "far", "lost@example.org", "root@example.org lost@example.org"), ==, thread);
  g_assert_cmpint (add_answer (self, inbox, "apart", NULL, ""), !=, thread);
  g_assert_cmpint (add_answer (self, other, "elsewhere", "root@example.org", ""), !=, thread);
}

static void
count_ids (gint64 account, const char *message_id, const guint8 *sha256, gpointer data)
{
  g_string_append_printf (data, "%d:%s:%d ", (int) account, message_id ? message_id : "-", sha256 != NULL);
}

static void
test_foreach_id (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) none = g_string_new (NULL);
  g_autoptr (MailSummary) summary = store_fixture_make_summary (NULL, "s", "f");
  g_autoptr (GBytes) source = g_bytes_new_static ("x", 1);

  store_fixture_add (self, inbox, "a");
  store_fixture_add (self, inbox, "a");
  add (self, inbox, source, summary);
  g_assert_true (store_messages_foreach_id (self->database, -1, count_ids, all, NULL));
  g_assert_cmpstr (all->str, ==, "1:a@example.org:1 1:a@example.org:1 1:-:1 ");
  g_assert_true (store_messages_foreach_id (self->database, 2, count_ids, none, NULL));
  g_assert_cmpstr (none->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/messages/source-of-any-size/comes-back-byte-for-byte", test_source_comes_back);
  store_fixture_test ("/store/messages/row/comes-back-column-for-column", test_row_comes_back);
  store_fixture_test ("/store/messages/odd-people/come-back-one-by-one", test_odd_people);
  store_fixture_test ("/store/messages/missing/is-not-found", test_missing_message);
  store_fixture_test ("/store/messages/add-to-missing-folder/leaves-nothing", test_folder_that_is_not_there);
  store_fixture_test ("/store/messages/shared-source/is-kept-once-until-the-last-goes", test_shared_source);
  store_fixture_test ("/store/messages/ids/are-never-used-again", test_ids_are_never_used_again);
  store_fixture_test ("/store/messages/folder-counts/follow-every-change", test_counts);
  store_fixture_test ("/store/messages/gone-ids/are-passed-over", test_gone_ids_are_passed_over);
  store_fixture_test ("/store/messages/lists/come-in-every-order", test_orders);
  store_fixture_test ("/store/messages/lists/are-filtered", test_filters);
  store_fixture_test ("/store/messages/lists/touch-only-covering-indexes", test_lists_use_covering_indexes);
  store_fixture_test ("/store/messages/replace/keeps-id-and-flags-and-completes-copies", test_replace);
  store_fixture_test ("/store/messages/found-by-message-id/no-draft-and-best-in-its-account", test_find_message_id);
  store_fixture_test ("/store/messages/threads/stay-in-their-account", test_threads);
  store_fixture_test ("/store/messages/foreach-id/tells-every-copy", test_foreach_id);
  return g_test_run ();
}
