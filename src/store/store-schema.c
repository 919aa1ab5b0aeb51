/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, and how older files are brought to them.
 *
 * The source of a message is the truth; every other column of "message" can be made again from it (but for flags, folder and
 * the time of arrival). The search index is a file of its own (store-index.h); what it has to know of changes is in "search_change".
 * The columns "uid", "modseq" and those of "folder" and "pending" that speak of a server are for IMAP mailboxes. */
#include "store-private.h"

#include "base-error.h"
#include "mail-role.h"

static const char step_1[] =
  /* counts the commits; see store-changes.c */
  "CREATE TABLE generation (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL);"
  "INSERT INTO generation VALUES (1, 0);"

  "CREATE TABLE folder ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL,"
  "  parent INTEGER REFERENCES folder (id),"
  "  name TEXT NOT NULL,"
  "  path TEXT NOT NULL,"
  "  role INTEGER NOT NULL DEFAULT 0,"
  "  is_remote INTEGER NOT NULL DEFAULT 0," /* a mailbox of an IMAP server: changes in it are to be replayed there */
  "  uidvalidity INTEGER,"
  "  uidnext INTEGER,"
  "  highestmodseq INTEGER,"
  "  wire_name TEXT," /* the server's own spelling; NULL where the server has no such mailbox */
  "  mailbox_id TEXT,"
  "  can_be_opened INTEGER NOT NULL DEFAULT 1,"
  "  can_have_children INTEGER NOT NULL DEFAULT 1,"
  "  is_subscribed INTEGER NOT NULL DEFAULT 1,"
  "  n_server INTEGER NOT NULL DEFAULT 0,"
  "  n_server_unseen INTEGER NOT NULL DEFAULT 0,"
  "  empty_since INTEGER NOT NULL DEFAULT 0,"
  "  server_size INTEGER," /* bytes at the server; NULL where it does not say */
  "  total INTEGER NOT NULL DEFAULT 0,"
  "  unread INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (account, path));"
  "CREATE UNIQUE INDEX folder_role ON folder (account, role) WHERE role <> 0;"
  "CREATE INDEX folder_parent ON folder (parent);"
  "CREATE UNIQUE INDEX folder_wire_name ON folder (account, wire_name) WHERE wire_name IS NOT NULL;"

  /* The bytes stand in a table of their own: whoever walks over messages or checksums never pulls them through the cache. */
  "CREATE TABLE source (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, sha256 BLOB NOT NULL UNIQUE);"
  "CREATE TABLE source_data (id INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE, data BLOB NOT NULL);"

  "CREATE TABLE message ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  folder INTEGER NOT NULL REFERENCES folder (id),"
  "  source INTEGER NOT NULL REFERENCES source (id),"
  "  thread INTEGER NOT NULL DEFAULT 0,"
  "  flags INTEGER NOT NULL,"
  "  is_whole INTEGER NOT NULL,"
  "  has_attachments INTEGER NOT NULL,"
  "  date INTEGER NOT NULL,"
  "  date_offset INTEGER NOT NULL,"
  "  received INTEGER NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  uid INTEGER,"
  "  modseq INTEGER,"
  "  object_id TEXT," /* what a server calls the bytes, wherever they are (EMAILID, X-GM-MSGID) */
  "  message_id TEXT,"
  "  in_reply_to TEXT,"
  "  subject TEXT NOT NULL,"
  "  from_list TEXT NOT NULL,"
  "  to_list TEXT NOT NULL,"
  "  ref_ids TEXT NOT NULL,"
  "  sort_subject TEXT NOT NULL,"
  "  sort_from TEXT NOT NULL,"
  "  sort_to TEXT NOT NULL);"
  /* One covering index for every order, and only one that knows the flags: marking touches no order. */
  "CREATE INDEX message_received ON message (folder, received);"
  "CREATE INDEX message_date ON message (folder, date);"
  "CREATE INDEX message_size ON message (folder, size);"
  "CREATE INDEX message_from ON message (folder, sort_from, date);"
  "CREATE INDEX message_to ON message (folder, sort_to, date);"
  "CREATE INDEX message_subject ON message (folder, sort_subject, date);"
  "CREATE INDEX message_state ON message (folder, flags, has_attachments);"
  "CREATE INDEX message_message_id ON message (message_id) WHERE message_id IS NOT NULL;"
  "CREATE INDEX message_source ON message (source);"
  "CREATE UNIQUE INDEX message_uid ON message (folder, uid) WHERE uid IS NOT NULL;"
  "CREATE INDEX message_object ON message (object_id) WHERE object_id IS NOT NULL;"
  "CREATE INDEX message_missing ON message (folder, received) WHERE is_whole = 0 AND uid IS NOT NULL;"

  "CREATE TABLE pop3_uidl ("
  "  account INTEGER NOT NULL,"
  "  uidl TEXT NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  message INTEGER REFERENCES message (id),"
  "  first_seen INTEGER NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  digest BLOB NOT NULL,"
  "  gone_since INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (account, uidl)) WITHOUT ROWID;"
  "CREATE INDEX pop3_uidl_message ON pop3_uidl (message) WHERE message IS NOT NULL;"

  "CREATE TABLE quota (account INTEGER PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL);"

  "CREATE TABLE outbox ("
  "  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,"
  "  account INTEGER NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  sender TEXT NOT NULL,"
  "  not_before INTEGER NOT NULL,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  error_word TEXT,"
  "  error_message TEXT,"
  "  error_reply TEXT,"
  "  answers INTEGER NOT NULL,"
  "  answer_flag INTEGER NOT NULL);"
  "CREATE TABLE outbox_recipient ("
  "  message INTEGER NOT NULL REFERENCES outbox (message) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL,"
  "  address TEXT NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  reply TEXT,"
  "  PRIMARY KEY (message, position)) WITHOUT ROWID;"

  /* "message" may be gone when a deletion waits, so it is no foreign key; folder and uid say which it was on the server */
  "CREATE TABLE pending ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL,"
  "  message INTEGER NOT NULL,"
  "  folder INTEGER NOT NULL,"
  "  uid INTEGER,"
  "  target INTEGER NOT NULL DEFAULT 0,"
  "  add_flags INTEGER NOT NULL DEFAULT 0,"
  "  remove_flags INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  error TEXT,"          /* why it waits, of the last attempt */
  "  origin INTEGER NOT NULL DEFAULT 0," /* the message a copy is of; the folder an appended message came from */
  "  name TEXT,"           /* of a folder: see StoreOperation */
  "  message_id TEXT,"
  "  uid_floor INTEGER NOT NULL DEFAULT 0,"
  "  stage INTEGER NOT NULL DEFAULT 0,"
  "  not_before INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX pending_account ON pending (account, id);"
  "CREATE INDEX pending_message ON pending (message, id);"
  "CREATE INDEX pending_origin ON pending (origin, id) WHERE kind = 3;"
  "CREATE INDEX pending_uid ON pending (folder, uid) WHERE uid IS NOT NULL;"

  /* what a server refused, and was undone here */
  "CREATE TABLE pending_log ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL,"
  "  message INTEGER NOT NULL,"
  "  folder INTEGER NOT NULL,"
  "  target INTEGER NOT NULL,"
  "  name TEXT,"
  "  created INTEGER NOT NULL,"
  "  failed INTEGER NOT NULL,"
  "  error_word TEXT,"
  "  error_message TEXT,"
  "  error_reply TEXT);"
  "CREATE INDEX pending_log_account ON pending_log (account, id);"

  "CREATE TRIGGER message_added AFTER INSERT ON message BEGIN"
  "  UPDATE folder SET total = total + 1, unread = unread + (NEW.flags & 1 = 0) WHERE id = NEW.folder;"
  "END;"
  "CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN"
  "  UPDATE folder SET total = total - 1, unread = unread - (OLD.flags & 1 = 0) WHERE id = OLD.folder;"
  "  UPDATE pop3_uidl SET state = 3, message = NULL WHERE message = OLD.id;" /* STORE_POP3_DELETED_HERE */
  "  DELETE FROM source WHERE id = OLD.source AND NOT EXISTS (SELECT 1 FROM message WHERE source = OLD.source);"
  "END;"
  "CREATE TRIGGER message_moved AFTER UPDATE OF folder ON message WHEN OLD.folder <> NEW.folder BEGIN"
  "  UPDATE folder SET total = total - 1, unread = unread - (OLD.flags & 1 = 0) WHERE id = OLD.folder;"
  "  UPDATE folder SET total = total + 1, unread = unread + (NEW.flags & 1 = 0) WHERE id = NEW.folder;"
  "  DELETE FROM outbox WHERE message = OLD.id;" /* what left the Outbox is not sent */
  "END;"
  "CREATE TRIGGER message_marked AFTER UPDATE OF flags ON message"
  "  WHEN OLD.folder = NEW.folder AND (OLD.flags & 1) <> (NEW.flags & 1) BEGIN"
  "  UPDATE folder SET unread = unread + (NEW.flags & 1 = 0) - (OLD.flags & 1 = 0) WHERE id = NEW.folder;"
  "END;"
  "CREATE TRIGGER message_replaced AFTER UPDATE OF source ON message WHEN OLD.source <> NEW.source BEGIN"
  "  DELETE FROM source WHERE id = OLD.source AND NOT EXISTS (SELECT 1 FROM message WHERE source = OLD.source);"
  "END;";

/* What the search index, a file of its own, is told: which mail it belongs to, and which messages have changed or gone below its mark. */
static const char step_2[] =
  "CREATE TABLE search_identity (id INTEGER PRIMARY KEY CHECK (id = 1), value BLOB NOT NULL);"
  "INSERT INTO search_identity VALUES (1, randomblob (16));"
  "CREATE TABLE search_change (id INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL);"
  "CREATE TRIGGER search_removed AFTER DELETE ON message BEGIN"
  "  INSERT INTO search_change (message) VALUES (OLD.id);"
  "END;"
  "CREATE TRIGGER search_replaced AFTER UPDATE OF source ON message WHEN OLD.source <> NEW.source BEGIN"
  "  INSERT INTO search_change (message) VALUES (NEW.id);"
  "END;";

/* Contacts. The card is the truth: everything else of a contact can be made again from it, the groups it is in too. */
static const char step_3[] =
  "CREATE TABLE contact ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sort_name TEXT NOT NULL,"
  "  words TEXT NOT NULL," /* folded, a space before each */
  "  card TEXT NOT NULL);" /* vCard 4 */
  "CREATE INDEX contact_name ON contact (sort_name);"
  "CREATE TABLE contact_address ("
  "  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE, position INTEGER NOT NULL,"
  "  address TEXT NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (contact, position)) WITHOUT ROWID;"
  "CREATE INDEX contact_address_folded ON contact_address (folded);"
  "CREATE TABLE contact_word ("
  "  word TEXT NOT NULL, contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE, PRIMARY KEY (word, contact)) WITHOUT ROWID;"
  "CREATE INDEX contact_word_contact ON contact_word (contact);"
  "CREATE TABLE contact_group (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);"
  "CREATE TABLE contact_member ("
  "  contact_group INTEGER NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,"
  "  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE, PRIMARY KEY (contact_group, contact)) WITHOUT ROWID;"
  "CREATE INDEX contact_member_contact ON contact_member (contact);";

/* What waits for a server, by what the server calls it and by the header of a message whose row is gone: asked for every message that comes. */
static const char step_4[] =
  "CREATE INDEX pending_place ON pending (folder, uid);"
  "CREATE INDEX pending_name ON pending (name) WHERE name IS NOT NULL;";

/* Conversations (store-threads.h) and what is flagged. Names that messages give their ancestors and that nobody here bears (yet), and those that
 * servers give to conversations; "message_thread" is for lists of a folder as for joining two threads. A thread whose last message in a
 * folder is deleted waits for nobody any more. */
static const char step_5[] =
  "CREATE TABLE thread_name ("
  "  account INTEGER NOT NULL,"
  "  name TEXT NOT NULL,"
  "  thread INTEGER NOT NULL,"
  "  PRIMARY KEY (account, name)) WITHOUT ROWID;"
  "CREATE INDEX thread_name_thread ON thread_name (thread);"
  "CREATE INDEX message_thread ON message (folder, thread);"
  "CREATE INDEX message_flagged ON message (folder, flags, has_attachments) WHERE flags & 4 <> 0;"
  "INSERT OR IGNORE INTO thread_name (account, name, thread) SELECT f.account, m.in_reply_to, m.thread FROM message m JOIN folder f ON f.id = m.folder"
  "  WHERE m.in_reply_to <> '' AND length (m.in_reply_to) <= 1000 AND NOT EXISTS (SELECT 1 FROM message p WHERE p.message_id = m.in_reply_to);"
  "CREATE TRIGGER thread_left AFTER DELETE ON message BEGIN"
  "  DELETE FROM thread_name WHERE thread = OLD.thread AND NOT EXISTS (SELECT 1 FROM message WHERE folder = OLD.folder AND thread = OLD.thread);"
  "END;";

/* Rules. All messages up to the mark had their turn; those that must be whole first wait. */
static const char step_6[] =
  "CREATE TABLE rule (id INTEGER PRIMARY KEY AUTOINCREMENT, position INTEGER NOT NULL, is_enabled INTEGER NOT NULL, text TEXT NOT NULL);"
  "CREATE TABLE rule_mark (id INTEGER PRIMARY KEY CHECK (id = 1), message INTEGER NOT NULL);"
  "INSERT INTO rule_mark VALUES (1, ifnull ((SELECT seq FROM sqlite_sequence WHERE name = 'message'), 0));"
  "CREATE TABLE rule_waiting (message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE, rule INTEGER NOT NULL);"
  "CREATE TABLE rule_reply ("
  "  rule INTEGER NOT NULL REFERENCES rule (id) ON DELETE CASCADE, address TEXT NOT NULL, sent INTEGER NOT NULL,"
  "  PRIMARY KEY (rule, address)) WITHOUT ROWID;";

/* Drafts that a composer is open for: found at a start, they were being written when the program ended. */
static const char step_7[] =
  "CREATE TABLE writing (message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE);";

/* The folders that a person wants at hand. */
static const char step_8[] =
  "CREATE TABLE favourite (folder INTEGER PRIMARY KEY REFERENCES folder (id) ON DELETE CASCADE, position INTEGER NOT NULL);";

/* Since when what is in Deleted (5) and Junk (4) is there, as far as it was moved here; see store-expiry.h for the rest. */
static const char step_9[] =
  "CREATE TABLE filed ("
  "  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE, folder INTEGER NOT NULL, since INTEGER NOT NULL);"
  "CREATE INDEX filed_since ON filed (folder, since);"
  "CREATE TRIGGER filed_away AFTER UPDATE OF folder ON message WHEN OLD.folder <> NEW.folder BEGIN"
  "  DELETE FROM filed WHERE message = OLD.id;"
  "  INSERT INTO filed (message, folder, since) SELECT NEW.id, NEW.folder, unixepoch () FROM folder WHERE id = NEW.folder AND role IN (4, 5);"
  "END;";

G_STATIC_ASSERT (MAIL_ROLE_JUNK == 4 && MAIL_ROLE_TRASH == 5);

/* What a person looks for again and again */
static const char step_10[] =
  "CREATE TABLE saved_search ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL,"
  "  folder INTEGER REFERENCES folder (id) ON DELETE CASCADE);"
  "CREATE INDEX saved_search_folder ON saved_search (folder) WHERE folder IS NOT NULL;";

/* What an account's submission server takes. */
static const char step_11[] =
  "CREATE TABLE submission_limit (account INTEGER PRIMARY KEY, size INTEGER NOT NULL);";

/* A folder's waiting rename says which parent it had, since it may be a move. */
static const char step_12[] =
  "UPDATE pending SET origin = ifnull ((SELECT parent FROM folder WHERE id = pending.folder), 0) WHERE kind = 7;";

/* Step n brings version n to n + 1. Released steps are never changed: add another. */
static const char *const steps[] = { step_1, step_2, step_3, step_4, step_5, step_6, step_7, step_8, step_9, step_10, step_11, step_12 };

static gboolean
read_pragma (StoreDatabase *database, const char *name, gint64 *value, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", name);

  return store_database_query_int (database, store_database_prepare (database, sql, error), 0, value, error);
}

static gboolean
write_pragma (StoreDatabase *database, const char *name, gint64 value, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s = %" G_GINT64_FORMAT, name, value);

  return store_database_execute (database, sql, error);
}

/* Our own error for what is a sound file of somebody else's. */
static gboolean
check_identity (StoreDatabase *database, const char *path, gint64 *version, GError **error)
{
  gint64 application, n_tables;

  if (!read_pragma (database, "application_id", &application, error) || !read_pragma (database, "user_version", version, error)
      || !store_database_query_int (database, store_database_prepare (database, "SELECT count (*) FROM sqlite_schema", error), 0,
                                    &n_tables, error))
    return FALSE;
  if (application != STORE_SCHEMA_APPLICATION_ID && (application != 0 || *version != 0 || n_tables != 0))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_STORE_DAMAGED, "The file %s is a database, but not Posthorn's mail.", path);
      return FALSE;
    }
  if (*version > (gint64) G_N_ELEMENTS (steps))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_STORE_NEWER,
                   "The mail in %s was written by a newer version of Posthorn; this version leaves it alone.", path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_journal (StoreDatabase *database, const char *path, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "PRAGMA journal_mode = WAL", error);
  gboolean has_row;

  if (!statement || !store_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0)
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The file system of %s cannot keep a mail database safely.", path);
  return FALSE;
}

/* One step is one transaction; another process may have been faster. */
static gboolean
migrate (StoreDatabase *database, gint64 from, GError **error)
{
  gint64 version;

  if (!store_database_begin (database, error))
    return FALSE;
  if (read_pragma (database, "user_version", &version, error)
      && (version != from
          || (store_database_execute (database, steps[from], error)
              && write_pragma (database, "application_id", STORE_SCHEMA_APPLICATION_ID, error)
              && write_pragma (database, "user_version", from + 1, error))))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

gboolean
store_schema_prepare (StoreDatabase *database, const char *path, GError **error)
{
  gint64 version;

  /* Both are kept by a file that has pages already, but asking again for the second would be a write, waits for the disk included. */
  if (!check_identity (database, path, &version, error)
      || (version == 0 && !store_database_execute (database, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL", error))
      || !set_journal (database, path, error))
    return FALSE;
  while (version < (gint64) G_N_ELEMENTS (steps))
    if (!migrate (database, version, error) || !check_identity (database, path, &version, error))
      return FALSE;
  return TRUE;
}
