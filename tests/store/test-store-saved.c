/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of saved searches: kept, renamed, brought back, and gone with their folder. */
#include "base-error.h"
#include "store-fixture.h"
#include "store-saved.h"

static gint64
put (StoreFixture *self, gint64 id, const char *name, const char *query, gint64 folder, GError **error)
{
  return store_saved_put (self->database, &(StoreSaved) { id, (char *) name, (char *) query, folder }, error);
}

/* "name: query", a line each */
static void
assert_list (StoreFixture *self, const char *expected)
{
  g_autoptr (GPtrArray) list = store_saved_list (self->database, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (list);
  for (guint i = 0; i < list->len; i++)
    {
      const StoreSaved *saved = list->pdata[i];

      g_string_append_printf (text, "%s: %s\n", saved->name, saved->query);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_kept (StoreFixture *self, gconstpointer data)
{
  g_assert_cmpint (put (self, 0, " porto ", "flat porto", 0, NULL), >, 0);
  g_assert_cmpint (put (self, 0, "Ana", "from:ana is:unread", 0, NULL), >, 0);
  store_fixture_close (self);
  store_fixture_open (self);
  assert_list (self, "Ana: from:ana is:unread\nporto: flat porto\n");
}

static void
test_renamed (StoreFixture *self, gconstpointer data)
{
  gint64 id = put (self, 0, "Ana", "from:ana", 0, NULL);

  g_assert_true (store_saved_rename (self->database, id, "Tom", NULL));
  assert_list (self, "Tom: from:ana\n");
}

static void
test_taken_name (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_assert_cmpint (put (self, 0, "Ana", "from:ana", 0, NULL), >, 0);
  id = put (self, 0, "Tom", "from:tom", 0, NULL);
  g_assert_cmpint (put (self, 0, "Ana", "ana", 0, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (store_saved_rename (self->database, id, "Ana", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
  assert_list (self, "Ana: from:ana\nTom: from:tom\n");
}

static void
test_refused (StoreFixture *self, gconstpointer data)
{
  static const struct { const char *name, *query; } wrong[] = { { "", "x" }, { "  \t", "x" }, { "Nothing", "" }, { "Nothing", " , " }, { "Never", "before:someday" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (put (self, 0, wrong[i].name, wrong[i].query, 0, &error), ==, -1);
      g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
    }
  assert_list (self, "");
}

static void
test_long_name (StoreFixture *self, gconstpointer data)
{
  g_autofree char *letters = g_strnfill (199, 'a');
  g_autofree char *name = g_strconcat (letters, "ö\xff", NULL);
  g_autofree char *expected = g_strconcat (letters, ": x\n", NULL);

  g_assert_cmpint (put (self, 0, name, "x", 0, NULL), >, 0);
  assert_list (self, expected);
}

static void
test_brought_back (StoreFixture *self, gconstpointer data)
{
  gint64 id = put (self, 0, "Ana", "from:ana", 0, NULL);
  g_autoptr (StoreSaved) saved = store_saved_get (self->database, id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (store_saved_delete (self->database, id, NULL));
  g_assert_null (store_saved_get (self->database, id, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (put (self, 0, "Tom", "from:tom", 0, NULL), !=, id);
  g_assert_cmpint (store_saved_put (self->database, saved, NULL), ==, id);
  assert_list (self, "Ana: from:ana\nTom: from:tom\n");
}

static void
test_folder_goes (StoreFixture *self, gconstpointer data)
{
  gint64 folder = store_folders_create (self->database, 1, "Projects", MAIL_ROLE_NONE, NULL);

  g_assert_cmpint (put (self, 0, "Here", "porto", folder, NULL), >, 0);
  g_assert_cmpint (put (self, 0, "Everywhere", "porto", 0, NULL), >, 0);
  g_assert_true (store_folders_delete (self->database, folder, TRUE, NULL));
  assert_list (self, "Everywhere: porto\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/saved/a-search/is-there-after-a-restart-in-order-of-names", test_kept);
  store_fixture_test ("/store/saved/another-name/keeps-the-query", test_renamed);
  store_fixture_test ("/store/saved/a-taken-name/is-refused", test_taken_name);
  store_fixture_test ("/store/saved/what-looks-for-nothing-or-has-no-name/is-refused", test_refused);
  store_fixture_test ("/store/saved/a-long-name/is-cut-between-letters", test_long_name);
  store_fixture_test ("/store/saved/a-deleted-one/comes-back-under-its-number", test_brought_back);
  store_fixture_test ("/store/saved/the-folder-it-looks-in-goes/it-goes-too", test_folder_goes);
  return g_test_run ();
}
