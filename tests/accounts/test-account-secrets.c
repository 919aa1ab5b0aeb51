/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords, with libsecret's file backend instead of a desktop's keyring. The real one: tests/cli/test-cli-servers.py. */
#include "account-secrets.h"

#include "base-error.h"
#include "test-accounts.h"

#include <glib/gstdio.h>
#include <unistd.h>

static char *folder;

typedef struct
{
  AccountSecrets *secrets;
  Account *account;
  GAsyncResult *result;
} Fixture;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (Fixture *self)
{
  while (!self->result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&self->result);
}

/* libsecret's file backend (only that) forgets the etag of every file it writes. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:wait_for_write\n";
}

static GAsyncResult *
wait_for_write (Fixture *self)
{
  return wait_for_result (self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  static int next = 1;

  self->secrets = account_secrets_new ("default");
  self->account = test_account_new ("ana@example.org");
  g_object_set (self->account, "id", (gint64) next++, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->secrets);
  g_object_unref (self->account);
}

static char *
look_up (Fixture *self, AccountDirection direction, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  account_secrets_lookup_async (self->secrets, self->account, direction, NULL, on_ready, self);
  result = wait_for_result (self);
  return account_secrets_lookup_finish (self->secrets, result, error);
}

static void
store (Fixture *self, AccountDirection direction, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  account_secrets_store_async (self->secrets, self->account, direction, password, NULL, on_ready, self);
  result = wait_for_write (self);
  account_secrets_store_finish (self->secrets, result, &error);
  g_assert_no_error (error);
}

static void
assert_password (Fixture *self, AccountDirection direction, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *password = look_up (self, direction, &error);

  if (expected)
    g_assert_no_error (error);
  else
    g_assert_error (error, BASE_ERROR, BASE_ERROR_NO_PASSWORD);
  g_assert_cmpstr (password, ==, expected);
  account_secrets_free_password (password);
}

static void
test_stored (Fixture *self, gconstpointer data)
{
  store (self, ACCOUNT_INCOMING, "pässwörd 😀");
  assert_password (self, ACCOUNT_INCOMING, "pässwörd 😀");
}

static void
test_none (Fixture *self, gconstpointer data)
{
  assert_password (self, ACCOUNT_INCOMING, NULL);
}

static void
test_same_password (Fixture *self, gconstpointer data)
{
  store (self, ACCOUNT_INCOMING, "one");
  assert_password (self, ACCOUNT_OUTGOING, "one");
}

static void
test_own_password (Fixture *self, gconstpointer data)
{
  g_object_set (self->account, "same-password", FALSE, NULL);
  store (self, ACCOUNT_INCOMING, "one");
  assert_password (self, ACCOUNT_OUTGOING, NULL);
  store (self, ACCOUNT_OUTGOING, "two");
  assert_password (self, ACCOUNT_INCOMING, "one");
  assert_password (self, ACCOUNT_OUTGOING, "two");
}

static void
test_other_profile (Fixture *self, gconstpointer data)
{
  store (self, ACCOUNT_INCOMING, "one");
  g_object_unref (self->secrets);
  self->secrets = account_secrets_new ("/some/profile");
  assert_password (self, ACCOUNT_INCOMING, NULL);
}

static void
test_clear (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (self->account, "same-password", FALSE, NULL);
  store (self, ACCOUNT_INCOMING, "one");
  store (self, ACCOUNT_OUTGOING, "two");
  account_secrets_remember (self->secrets, self->account, ACCOUNT_OUTGOING, "three");
  account_secrets_clear_async (self->secrets, self->account, NULL, on_ready, self);
  result = wait_for_write (self);
  account_secrets_clear_finish (self->secrets, result, &error);
  g_assert_no_error (error);
  assert_password (self, ACCOUNT_INCOMING, NULL);
  assert_password (self, ACCOUNT_OUTGOING, NULL);
}

static void
test_remembered (Fixture *self, gconstpointer data)
{
  store (self, ACCOUNT_INCOMING, "kept");
  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "typed");
  assert_password (self, ACCOUNT_INCOMING, "typed");
  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, NULL);
  assert_password (self, ACCOUNT_INCOMING, "kept");
}

static char *
make_password_file (Fixture *self, const char *contents, char **name)
{
  char *path = g_build_filename (folder, "password", NULL);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  *name = g_strdup_printf ("POSTHORN_PASSWORD_FILE_%" G_GINT64_FORMAT, account_get_id (self->account));
  g_setenv (*name, path, TRUE);
  return path;
}

static void
test_password_file (Fixture *self, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *path = make_password_file (self, "from a file\r\nsecond line\n", &name);

  assert_password (self, ACCOUNT_INCOMING, "from a file");
  g_unsetenv (name);
  g_unlink (path);
}

static void
test_bad_password_file (Fixture *self, gconstpointer data)
{
  static const char *const contents[] = { "", "\n", "\xff\xfe\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *path = make_password_file (self, contents[i], &name);
      g_autoptr (GError) error = NULL;

      g_assert_null (look_up (self, ACCOUNT_INCOMING, &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_FILE);
      g_unlink (path);
      g_unsetenv (name);
    }
}

static void
test_missing_password_file (Fixture *self, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *path = make_password_file (self, "x", &name);
  g_autoptr (GError) error = NULL;

  g_unlink (path);
  g_assert_null (look_up (self, ACCOUNT_INCOMING, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_FILE);
  g_unsetenv (name);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  account_secrets_lookup_async (self->secrets, self->account, ACCOUNT_INCOMING, cancellable, on_ready, self);
  g_cancellable_cancel (cancellable);
  result = wait_for_result (self);
  g_assert_null (account_secrets_lookup_finish (self->secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* In a process of its own: libsecret chooses its backend once. */
static void
test_no_service (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { NULL };
      g_autoptr (GError) error = NULL;

      g_unsetenv ("SECRET_BACKEND");
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
      set_up (&fixture, NULL);
      g_assert_null (look_up (&fixture, ACCOUNT_INCOMING, &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_NO_SECRET_SERVICE);
      tear_down (&fixture, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_autofree char *keyring = NULL;
  g_autofree char *backup = NULL;
  int status;

#define ADD(path, func) g_test_add ("/accounts/secrets/" path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("posthorn-secrets-XXXXXX", NULL);
  keyring = g_build_filename (folder, "test.keyring", NULL);
  backup = g_strconcat (keyring, "~", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  ADD ("stored-password-comes-back", test_stored);
  ADD ("unknown-password-is-told-as-none", test_none);
  ADD ("same-password-serves-both-servers", test_same_password);
  ADD ("own-passwords-are-kept-apart", test_own_password);
  ADD ("other-profile-has-its-own", test_other_profile);
  ADD ("clearing-takes-out-both", test_clear);
  ADD ("remembered-password-comes-first", test_remembered);
  ADD ("password-file-is-read", test_password_file);
  ADD ("password-file-without-a-password-is-an-error", test_bad_password_file);
  ADD ("password-file-that-is-missing-is-an-error", test_missing_password_file);
  ADD ("cancelled-lookup-is-cancelled", test_cancelled);
  g_test_add_func ("/accounts/secrets/no-service-is-said", test_no_service);
  status = g_test_run ();
  g_unlink (keyring);
  g_unlink (backup);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
