/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the windowed message list: it shows what the store says, and loads only what is looked at. */
#include "model-message-list.h"
#include "model-message.h"
#include "model-test.h"
#include "store-messages.h"

typedef struct
{
  ModelTest base;
  ModelMessageList *list;
  guint n_emissions;
  GArray *mirror;   /* what somebody who only hears items-changed believes */
} ListTest;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, ListTest *test)
{
  test->n_emissions++;
  if (removed)
    g_array_remove_range (test->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 id = model_message_list_get_id (test->list, position + i);

      g_array_insert_val (test->mirror, position + i, id);
    }
}

static void
set_up (ListTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->list = model_message_list_new (test->base.store);
  test->mirror = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (test->list, "items-changed", G_CALLBACK (on_items_changed), test);
}

static void
tear_down (ListTest *test, gconstpointer data)
{
  g_assert_cmpuint (test->mirror->len, ==, g_list_model_get_n_items (G_LIST_MODEL (test->list)));
  for (guint i = 0; i < test->mirror->len; i++)
    g_assert_cmpint (g_array_index (test->mirror, gint64, i), ==, model_message_list_get_id (test->list, i));
  model_test_settle (10);
  g_assert_finalize_object (test->list);
  g_array_unref (test->mirror);
  model_test_tear_down (&test->base, data);
}

static gboolean
is_loaded (gpointer data)
{
  return !model_message_list_is_loading (data);
}

static void
show (ListTest *test, ModelSort sort, gboolean is_ascending)
{
  model_message_list_show (test->list, test->base.inbox, sort, is_ascending);
  model_test_wait (is_loaded, test->list);
}

static ModelMessage *
get (ListTest *test, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (test->list), position);
}

static void
assert_subject (ListTest *test, guint position, const char *expected)
{
  g_autoptr (ModelMessage) message = get (test, position);

  g_assert_nonnull (message);
  g_assert_nonnull (model_message_get_summary (message));
  g_assert_cmpstr (model_message_get_summary (message)->subject, ==, expected);
}

typedef struct
{
  ListTest *test;
  guint n;
} Count;

static gboolean
has_count (gpointer data)
{
  Count *count = data;

  return g_list_model_get_n_items (G_LIST_MODEL (count->test->list)) == count->n;
}

static void
wait_for_count (ListTest *test, guint n)
{
  Count count = { test, n };

  model_test_wait (has_count, &count);
}

static void
test_only_what_is_asked (ListTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 6000);
  show (test, MODEL_SORT_RECEIVED, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->list)), ==, 6000);
  g_assert_cmpuint (model_message_list_get_n_loaded (test->list), ==, 0);

  g_object_unref (get (test, 3000));
  g_assert_cmpuint (model_message_list_get_n_loaded (test->list), >=, 50);
  g_assert_cmpuint (model_message_list_get_n_loaded (test->list), <=, 200);
}

static void
test_memory_is_bounded (ListTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 6000);
  show (test, MODEL_SORT_RECEIVED, FALSE);
  for (guint i = 0; i < 6000; i += 20)
    {
      g_autoptr (ModelMessage) message = get (test, i);

      if (i % 500 == 0)
        model_test_settle (1);
    }
  model_test_settle (20);
  g_assert_cmpuint (model_message_list_get_n_loaded (test->list), <=, 2500);
}

static gboolean
message_is_loaded (gpointer data)
{
  return model_message_is_loaded (data);
}

static void
test_rows_asked_in_a_rush_come_later (ListTest *test, gconstpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  model_test_fill (&test->base, test->base.inbox, 3000);
  show (test, MODEL_SORT_RECEIVED, FALSE);
  for (guint i = 0; i < 3000; i++)
    g_ptr_array_add (held, get (test, i));
  g_assert_cmpuint (model_message_list_get_n_loaded (test->list), <, 1500);
  model_test_wait (message_is_loaded, held->pdata[2999]);
}

static void
test_same_object_while_held (ListTest *test, gconstpointer data)
{
  g_autoptr (ModelMessage) first = NULL;
  g_autoptr (ModelMessage) again = NULL;

  model_test_fill (&test->base, test->base.inbox, 10);
  show (test, MODEL_SORT_RECEIVED, FALSE);
  first = get (test, 3);
  again = get (test, 3);
  g_assert_true (first == again);
}

static void
test_order (ListTest *test, gconstpointer data)
{
  model_test_add (&test->base, test->base.inbox, "b@example.org", "cherry", 3);
  model_test_add (&test->base, test->base.inbox, "c@example.org", "apple", 1);
  model_test_add (&test->base, test->base.inbox, "a@example.org", "banana", 2);
  show (test, MODEL_SORT_RECEIVED, FALSE);
  assert_subject (test, 0, "cherry");
  assert_subject (test, 2, "apple");
  model_message_list_show (test->list, test->base.inbox, MODEL_SORT_SUBJECT, TRUE);
  model_test_settle (100);
  assert_subject (test, 0, "apple");
  assert_subject (test, 1, "banana");
  assert_subject (test, 2, "cherry");
}

static void
test_new_mail_is_one_run (ListTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 1000);
  show (test, MODEL_SORT_RECEIVED, FALSE);
  model_test_settle (300);
  test->n_emissions = 0;
  model_test_add (&test->base, test->base.inbox, "a@example.org", "new", 9000000);
  wait_for_count (test, 1001);
  assert_subject (test, 0, "new");
  g_assert_cmpuint (test->n_emissions, ==, 1);
}

static void
test_new_mail_in_another_order (ListTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 1000);
  show (test, MODEL_SORT_SUBJECT, TRUE);
  model_test_add (&test->base, test->base.inbox, "a@example.org", "000500a", 9000000);
  model_test_add (&test->base, test->base.inbox, "a@example.org", "000100a", 9000000);
  wait_for_count (test, 1002);
  assert_subject (test, 101, "000100a");
  assert_subject (test, 502, "000500a");
}

static void
test_removed (ListTest *test, gconstpointer data)
{
  gint64 ids[2];

  model_test_fill (&test->base, test->base.inbox, 100);
  show (test, MODEL_SORT_RECEIVED, TRUE);
  ids[0] = model_message_list_get_id (test->list, 10);
  ids[1] = model_message_list_get_id (test->list, 50);
  g_assert_true (store_messages_delete (test->base.database, ids, 2, NULL));
  wait_for_count (test, 98);
}

static void
test_moved_away (ListTest *test, gconstpointer data)
{
  gint64 id;

  model_test_fill (&test->base, test->base.inbox, 10);
  show (test, MODEL_SORT_RECEIVED, TRUE);
  id = model_message_list_get_id (test->list, 5);
  g_assert_true (store_messages_move (test->base.database, &id, 1, test->base.trash, NULL));
  wait_for_count (test, 9);
}

static gboolean
is_flagged (gpointer data)
{
  return model_message_get_flags (data) & MAIL_FLAG_FLAGGED;
}

static void
test_flags_tell_the_row (ListTest *test, gconstpointer data)
{
  g_autoptr (ModelMessage) message = NULL;
  gint64 id;

  model_test_fill (&test->base, test->base.inbox, 100);
  show (test, MODEL_SORT_RECEIVED, TRUE);
  model_test_settle (300);
  message = get (test, 7);
  id = model_message_get_id (message);
  test->n_emissions = 0;
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  model_test_wait (is_flagged, message);
  g_assert_cmpuint (test->n_emissions, ==, 0);
}

static void
test_late_answer_is_dropped (ListTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 1000);
  model_message_list_show (test->list, test->base.inbox, MODEL_SORT_RECEIVED, FALSE);
  model_message_list_show (test->list, test->base.trash, MODEL_SORT_RECEIVED, FALSE);
  model_test_wait (is_loaded, test->list);
  model_test_settle (100);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->list)), ==, 0);
  g_assert_cmpint (model_message_list_get_folder (test->list), ==, test->base.trash);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/models/message-list/" path, ListTest, NULL, set_up, func, tear_down)
  ADD ("a-big-folder/loads-only-what-is-asked", test_only_what_is_asked);
  ADD ("scrolled-through/keeps-a-bounded-number-of-rows", test_memory_is_bounded);
  ADD ("many-rows-at-once/come-when-the-loop-rests", test_rows_asked_in_a_rush_come_later);
  ADD ("a-row-that-is-held/is-the-same-object", test_same_object_while_held);
  ADD ("every-order/is-the-store-s", test_order);
  ADD ("new-mail/is-one-run", test_new_mail_is_one_run);
  ADD ("new-mail/sorted-by-subject/stands-where-it-belongs", test_new_mail_in_another_order);
  ADD ("deleted-messages/leave", test_removed);
  ADD ("moved-messages/leave", test_moved_away);
  ADD ("changed-flags/tell-the-row-alone", test_flags_tell_the_row);
  ADD ("an-answer-to-an-older-question/is-dropped", test_late_answer_is_dropped);
  return g_test_run ();
}
