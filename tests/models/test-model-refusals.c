/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what servers refused: told as it happens, newest first, with the words that were kept. */
#include "model-refusals.h"

#include "base-error.h"
#include "model-test.h"
#include "store-replay.h"

typedef struct
{
  ModelTest base;
  ModelRefusals *refusals;
  guint n_expected;
} RefusalsTest;

static void
set_up (RefusalsTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->refusals = model_refusals_new (test->base.store, test->base.accounts);
  model_test_settle (250);
}

static void
tear_down (RefusalsTest *test, gconstpointer data)
{
  g_assert_finalize_object (test->refusals);
  model_test_settle (50);
  model_test_tear_down (&test->base, data);
}

static gboolean
has_expected (gpointer data)
{
  RefusalsTest *test = data;

  return g_list_model_get_n_items (G_LIST_MODEL (test->refusals)) == test->n_expected;
}

static void
refuse (RefusalsTest *test, StoreOperationKind kind, const char *subject)
{
  gint64 message = model_test_add (&test->base, test->base.inbox, "ann@example.org", subject, 1795000000);
  StoreOperation operation = { .kind = kind, .account = account_get_id (test->base.account), .message = message, .folder = test->base.inbox,
                               .target = kind == STORE_OPERATION_MARK ? 0 : test->base.trash, .created = 1795000000 };
  g_autoptr (GError) reason = g_error_new_literal (BASE_ERROR, BASE_ERROR_REFUSED, "The server refused it.");
  g_autoptr (GError) error = NULL;

  base_error_set_reply (reason, "over quota");
  store_replay_fail (test->base.database, &operation, reason, &error);
  g_assert_no_error (error);
  test->n_expected++;
}

static void
test_none (RefusalsTest *test, gconstpointer data)
{
  gint64 latest = 7;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->refusals)), ==, 0);
  g_assert_cmpuint (model_refusals_count (test->refusals, 1, 0, &latest), ==, 0);
  g_assert_cmpint (latest, ==, 0);
}

static void
test_told (RefusalsTest *test, gconstpointer data)
{
  g_autoptr (ModelRefusal) refusal = NULL;

  refuse (test, STORE_OPERATION_MARK, "Figures");
  model_test_wait (has_expected, test);
  refusal = g_list_model_get_item (G_LIST_MODEL (test->refusals), 0);
  g_assert_cmpint (model_refusal_get_kind (refusal), ==, MODEL_REFUSAL_MARK);
  g_assert_cmpstr (model_refusal_get_name (refusal), ==, "Figures");
  g_assert_null (model_refusal_get_folder (refusal));
  g_assert_error (model_refusal_get_error (refusal), BASE_ERROR, BASE_ERROR_REFUSED);
  g_assert_cmpstr (base_error_get_reply (model_refusal_get_error (refusal)), ==, "over quota");
}

static void
test_newest_first (RefusalsTest *test, gconstpointer data)
{
  g_autoptr (ModelRefusal) first = NULL;
  g_autoptr (ModelRefusal) second = NULL;

  refuse (test, STORE_OPERATION_MARK, "Older");
  refuse (test, STORE_OPERATION_COPY, "Newer");
  model_test_wait (has_expected, test);
  first = g_list_model_get_item (G_LIST_MODEL (test->refusals), 0);
  second = g_list_model_get_item (G_LIST_MODEL (test->refusals), 1);
  g_assert_cmpint (model_refusal_get_kind (first), ==, MODEL_REFUSAL_COPY);
  g_assert_cmpstr (model_refusal_get_folder (first), ==, "Deleted");
  g_assert_cmpstr (model_refusal_get_name (second), ==, "Older");
}

static void
test_counted_after (RefusalsTest *test, gconstpointer data)
{
  gint64 account = account_get_id (test->base.account), latest = 0;

  refuse (test, STORE_OPERATION_MARK, "Older");
  model_test_wait (has_expected, test);
  g_assert_cmpuint (model_refusals_count (test->refusals, account, 0, &latest), ==, 1);
  refuse (test, STORE_OPERATION_MARK, "Newer");
  model_test_wait (has_expected, test);
  g_assert_cmpuint (model_refusals_count (test->refusals, account, latest, NULL), ==, 1);
  g_assert_cmpuint (model_refusals_count (test->refusals, account, 0, NULL), ==, 2);
  g_assert_cmpuint (model_refusals_count (test->refusals, account + 1, 0, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add ("/models/refusals/" path, RefusalsTest, NULL, set_up, func, tear_down)
  TEST ("nothing-refused/is-empty", test_none);
  TEST ("refused-while-looking/is-told-with-the-servers-words", test_told);
  TEST ("several/are-newest-first", test_newest_first);
  TEST ("after-one-that-was-seen/only-later-ones-count", test_counted_after);
  return g_test_run ();
}
