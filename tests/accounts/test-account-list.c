/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of accounts and its file. */
#include "account-list.h"

#include "base-error.h"
#include "test-accounts.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("posthorn-accounts-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "accounts.ini", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_chmod (self->folder, 0700);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static AccountList *
open_list (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  AccountList *list = account_list_new (self->path, &error);

  g_assert_no_error (error);
  return list;
}

static gint64
save (AccountList *list, Account *account)
{
  g_autoptr (GError) error = NULL;

  account_list_save (list, account, &error);
  g_assert_no_error (error);
  return account_get_id (account);
}

static gint64
save_new (AccountList *list, const char *email)
{
  g_autoptr (Account) account = test_account_new (email);

  return save (list, account);
}

static guint
count (AccountList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static char *
get_contents (Fixture *self)
{
  char *contents = NULL;

  g_file_get_contents (self->path, &contents, NULL, NULL);
  return contents;
}

static void
assert_equal (Account *a, Account *b)
{
  guint n;
  g_autofree GParamSpec **props = g_object_class_list_properties (G_OBJECT_GET_CLASS (a), &n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value_a = G_VALUE_INIT;
      g_auto (GValue) value_b = G_VALUE_INIT;
      g_autofree char *text_a = NULL;
      g_autofree char *text_b = NULL;

      g_object_get_property (G_OBJECT (a), props[i]->name, &value_a);
      g_object_get_property (G_OBJECT (b), props[i]->name, &value_b);
      text_a = g_strdup_value_contents (&value_a);
      text_b = g_strdup_value_contents (&value_b);
      g_assert_cmpstr (text_a, ==, text_b);
    }
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (AccountList) list = open_list (self);
  g_autoptr (AccountList) again = NULL;
  const char *exceptions[] = { "pop.example.org:995=00ff", "::1:465=aa;bb", NULL };

  g_object_set (account, "title", "Work; = [x] \\n", "person-name", " Ána \"R\" Ruiz", "protocol", ACCOUNT_IMAP,
                "incoming-security", MAIL_SECURITY_PLAINTEXT, "incoming-port", 65535, "outgoing-security", MAIL_SECURITY_STARTTLS,
                "outgoing-authenticates", FALSE, "same-password", FALSE, "leave", ACCOUNT_LEAVE_UNTIL_DELETED, "leave-days", 3,
                "headers-above", G_GINT64_CONSTANT (5000000000), "check-minutes", 0, "deleted-days", 30, "junk-days", 7,
                "keep-days", G_GINT64_CONSTANT (30), "watches", FALSE,
                "ca-pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate-exceptions", exceptions, NULL);
  save (list, account);
  again = open_list (self);
  g_assert_cmpuint (count (again), ==, 1);
  assert_equal (account_list_find (again, account_get_id (account)), account);
}

static void
test_missing_file (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);

  g_assert_cmpuint (count (list), ==, 0);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
test_ids_never_reused (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  gint64 first = save_new (list, "a@example.org");
  gint64 second = save_new (list, "b@example.org");
  g_autoptr (AccountList) again = NULL;

  g_assert_true (account_list_remove (list, second, NULL));
  g_assert_true (account_list_remove (list, first, NULL));
  again = open_list (self);
  g_assert_cmpint (save_new (again, "c@example.org"), ==, second + 1);
}

static void
test_ids_never_reused_without_counter (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = NULL;

  g_assert_true (g_file_set_contents (self->path, "[account 7]\nprotocol=pop3\nincoming-security=tls\noutgoing-security=tls\n", -1, NULL));
  list = open_list (self);
  g_assert_true (account_list_remove (list, 7, NULL));
  g_assert_cmpint (save_new (list, "c@example.org"), ==, 8);
}

static void
test_only_owner_may_read (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  GStatBuf info;

  save_new (list, "a@example.org");
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_no_file_left_behind (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  g_autoptr (GDir) folder = NULL;

  save_new (list, "a@example.org");
  folder = g_dir_open (self->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (folder), ==, "accounts.ini");
  g_assert_null (g_dir_read_name (folder));
}

static void
test_link_is_kept (Fixture *self, gconstpointer data)
{
  g_autofree char *real = g_build_filename (self->folder, "real.ini", NULL);
  g_autoptr (AccountList) list = NULL;
  g_autoptr (AccountList) again = NULL;

  g_assert_true (g_file_set_contents (real, "", 0, NULL));
  g_assert_cmpint (symlink ("real.ini", self->path), ==, 0);
  list = open_list (self);
  save_new (list, "a@example.org");
  g_assert_true (g_file_test (self->path, G_FILE_TEST_IS_SYMLINK));
  again = account_list_new (real, NULL);
  g_assert_cmpuint (count (again), ==, 1);
}

static void
test_newer_keys_stay (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = NULL;
  g_autoptr (Account) copy = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (self->path,
                                      "[posthorn]\nformat=1\nnext-id=3\nwish=42\n"
                                      "[account 1]\nprotocol=pop3\nemail=a@example.org\nincoming-host=h\nincoming-user=u\noutgoing-host=s\noutgoing-user=u\n"
                                      "incoming-security=tls\noutgoing-security=tls\n# a person's note\nsignature=Bye\n"
                                      "[account 2]\nprotocol=jmap\nemail=b@example.org\n[rules]\na=b\n", -1, NULL));
  list = open_list (self);
  g_assert_cmpuint (count (list), ==, 1);
  copy = account_copy (account_list_find (list, 1));
  g_object_set (copy, "title", "Work", NULL);
  save (list, copy);
  contents = get_contents (self);
  g_assert_nonnull (strstr (contents, "wish=42"));
  g_assert_nonnull (strstr (contents, "signature=Bye"));
  g_assert_nonnull (strstr (contents, "# a person's note"));
  g_assert_nonnull (strstr (contents, "protocol=jmap"));
  g_assert_nonnull (strstr (contents, "[rules]"));
  g_assert_nonnull (strstr (contents, "title=Work"));
}

#define GOOD "[account 1]\nprotocol=pop3\nemail=a@example.org\nincoming-security=tls\noutgoing-security=tls\n"

static const struct
{
  const char *name;
  const char *contents;
  int code;
} damages[] = {
  { "no-keyfile", "\001\002 rubbish", BASE_ERROR_INVALID },
  { "half-a-line", GOOD "[acc", BASE_ERROR_INVALID },
  { "port-too-large", GOOD "incoming-port=70000\n", BASE_ERROR_INVALID },
  { "port-no-number", GOOD "outgoing-port=twelve\n", BASE_ERROR_INVALID },
  { "unknown-security", "[account 1]\nprotocol=pop3\nincoming-security=rot13\n", BASE_ERROR_INVALID },
  { "security-missing", "[account 1]\nprotocol=pop3\n", BASE_ERROR_INVALID },
  { "protocol-missing", "[account 1]\nemail=a@example.org\n", BASE_ERROR_INVALID },
  { "unknown-leave", GOOD "leave-on-server=perhaps\n", BASE_ERROR_INVALID },
  { "bad-boolean", GOOD "same-password=maybe\n", BASE_ERROR_INVALID },
  { "newer-format", "[posthorn]\nformat=2\n", BASE_ERROR_STORE_NEWER },
};

static void
test_damaged (Fixture *self, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccountList) list = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (self->path, damages[i].contents, -1, NULL));
  list = account_list_new (self->path, &error);
  g_assert_null (list);
  g_assert_error (error, BASE_ERROR, damages[i].code);
  contents = get_contents (self);
  g_assert_cmpstr (contents, ==, damages[i].contents);
}

static void
test_damaged_later (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  g_autoptr (Account) account = test_account_new ("b@example.org");
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  save_new (list, "a@example.org");
  g_assert_true (g_file_set_contents (self->path, "rubbish", -1, NULL));
  g_assert_false (account_list_save (list, account, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  contents = get_contents (self);
  g_assert_cmpstr (contents, ==, "rubbish");
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpint (account_get_id (account), ==, 0);
}

static void
test_unwritable (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  g_autoptr (Account) account = test_account_new ("b@example.org");
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_strconcat (self->folder, ".aside", NULL);

  save_new (list, "a@example.org");
  g_assert_cmpint (g_rename (self->folder, aside), ==, 0);
  g_assert_false (account_list_save (list, account, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_FILE);
  g_assert_cmpint (g_rename (aside, self->folder), ==, 0);
  g_assert_cmpuint (count (list), ==, 1);
}

static void
test_invalid_is_not_saved (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  g_autoptr (Account) account = test_account_new ("nobody");
  g_autoptr (GError) error = NULL;

  g_assert_false (account_list_save (list, account, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *out)
{
  g_string_append_printf (out, "%u-%u+%u ", position, removed, added);
}

static void
test_saved_copy_keeps_object (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  gint64 id = save_new (list, "a@example.org");
  Account *account = account_list_find (list, id);
  g_autoptr (Account) copy = account_copy (account);
  g_autoptr (GString) changes = g_string_new (NULL);

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), changes);
  g_object_set (copy, "person-name", "Ana", NULL);
  save (list, copy);
  g_assert_true (account_list_find (list, id) == account);
  g_assert_cmpstr (account_get_person_name (account), ==, "Ana");
  g_assert_cmpstr (changes->str, ==, "");
}

static void
test_two_writers (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) one = open_list (self);
  g_autoptr (AccountList) two = open_list (self);
  gint64 first = save_new (one, "a@example.org");
  gint64 second = save_new (two, "b@example.org");

  g_assert_cmpint (first, !=, second);
  g_assert_cmpuint (count (two), ==, 2);
}

static gboolean
on_time_out (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_other_process (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  gint64 id = save_new (list, "a@example.org");
  Account *account = account_list_find (list, id);
  g_autoptr (AccountList) other = open_list (self);
  g_autoptr (Account) copy = account_copy (account_list_find (other, id));
  g_autoptr (GString) changes = g_string_new (NULL);
  gboolean is_late = FALSE;
  guint timer = g_timeout_add_seconds (10, on_time_out, &is_late);

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), changes);
  g_object_set (copy, "title", "Renamed", NULL);
  save (other, copy);
  save_new (other, "b@example.org");
  while (!is_late && count (list) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (timer);
  g_assert_true (account_list_find (list, id) == account);
  g_assert_cmpstr (account_get_title (account), ==, "Renamed");
  g_assert_cmpstr (changes->str, ==, "1-0+1 ");
}

static void
test_find_email (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  gint64 id = save_new (list, "Ana@example.org");

  g_assert_true (account_list_find_email (list, "ana@EXAMPLE.org") == account_list_find (list, id));
  g_assert_null (account_list_find_email (list, "tom@example.org"));
}

static void
test_remove_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (AccountList) list = open_list (self);
  g_autoptr (GError) error = NULL;

  g_assert_false (account_list_remove (list, 5, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
#define ADD(path, func, data) g_test_add ("/accounts/list/" path, Fixture, data, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("every-setting-comes-back", test_round_trip, NULL);
  ADD ("missing-file-is-empty-and-not-made", test_missing_file, NULL);
  ADD ("ids-are-never-reused", test_ids_never_reused, NULL);
  ADD ("ids-are-never-reused-without-a-counter", test_ids_never_reused_without_counter, NULL);
  ADD ("only-the-owner-may-read", test_only_owner_may_read, NULL);
  ADD ("no-file-left-behind", test_no_file_left_behind, NULL);
  ADD ("symbolic-link-is-kept", test_link_is_kept, NULL);
  ADD ("what-a-newer-version-wrote-stays", test_newer_keys_stay, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/accounts/list/damaged/%s/refused-and-left-alone", damages[i].name);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_damaged, tear_down);
    }
  ADD ("damaged-later/not-written-over", test_damaged_later, NULL);
  ADD ("folder-gone/save-fails-and-changes-nothing", test_unwritable, NULL);
  ADD ("invalid-account-is-not-saved", test_invalid_is_not_saved, NULL);
  ADD ("saved-copy-changes-the-same-object", test_saved_copy_keeps_object, NULL);
  ADD ("two-writers-lose-nothing", test_two_writers, NULL);
  ADD ("other-process/same-object-new-values", test_other_process, NULL);
  ADD ("address-finds-account-in-any-case", test_find_email, NULL);
  ADD ("removing-an-unknown-account-says-so", test_remove_unknown, NULL);
  return g_test_run ();
}
