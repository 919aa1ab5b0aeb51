/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a POP3 pass means to do, decided from two lists alone: no server, no store, no clock. */
#include "sync-pop3-plan.h"

#include <string.h>

#define NOW 1700000000
#define DAY (24 * 60 * 60)

typedef struct
{
  Pop3Listing *listing;
  GHashTable *known;
  SyncPop3Settings settings;
  SyncPop3Plan *plan;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->listing = pop3_listing_new ();
  self->listing->has_uidls = TRUE;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) store_pop3_entry_free);
  self->settings.leave = ACCOUNT_LEAVE_ALWAYS;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->plan, sync_pop3_plan_free);
  g_hash_table_unref (self->known);
  pop3_listing_free (self->listing);
}

static void
list (Fixture *self, guint number, const char *uidl, guint size)
{
  g_autofree char *uidl_line = g_strdup_printf ("%u %s", number, uidl);
  g_autofree char *list_line = g_strdup_printf ("%u %u", number, size);

  pop3_listing_add_uidl_line (self->listing, uidl_line);
  pop3_listing_add_list_line (self->listing, list_line);
}

static StorePop3Entry *
remember (Fixture *self, const char *uidl, StorePop3State state, gint64 size, gint64 first_seen)
{
  StorePop3Entry *entry = g_new0 (StorePop3Entry, 1);

  entry->uidl = g_strdup (uidl);
  entry->state = state;
  entry->message = state == STORE_POP3_DELETED_HERE ? 0 : 1;
  entry->size = size;
  entry->first_seen = first_seen;
  memset (entry->digest, *uidl, sizeof entry->digest);
  g_hash_table_replace (self->known, entry->uidl, entry);
  return entry;
}

static void
decide (Fixture *self)
{
  pop3_listing_settle (self->listing);
  self->plan = sync_pop3_plan_new (self->listing, self->known, &self->settings, SYNC_DEFAULT, NOW, FALSE);
  sync_pop3_plan_match (self->plan);
}

static SyncPop3Need
get_need (Fixture *self, guint index)
{
  return g_array_index (self->plan->messages, SyncPop3Message, index).need;
}

static void
test_new_and_known (Fixture *self, gconstpointer data)
{
  remember (self, "a", STORE_POP3_KEPT, 100, NOW - DAY);
  list (self, 1, "a", 100);
  list (self, 2, "b", 200);
  decide (self);
  g_assert_cmpint (get_need (self, 0), ==, SYNC_POP3_NOTHING);
  g_assert_cmpint (get_need (self, 1), ==, SYNC_POP3_WHOLE);
}

static void
test_wanted_body (Fixture *self, gconstpointer data)
{
  self->settings.headers_above = 50;
  remember (self, "a", STORE_POP3_BODY_WANTED, 100, NOW - DAY);
  remember (self, "b", STORE_POP3_HEADERS, 100, NOW - DAY);
  list (self, 1, "a", 100);
  list (self, 2, "b", 100);
  decide (self);
  g_assert_cmpint (get_need (self, 0), ==, SYNC_POP3_BODY);
  g_assert_cmpint (get_need (self, 1), ==, SYNC_POP3_NOTHING);
}

static void
test_due (Fixture *self, gconstpointer data)
{
  const StorePop3Entry *deleted = remember (self, "a", STORE_POP3_DELETED_HERE, 100, NOW);
  const StorePop3Entry *old = remember (self, "b", STORE_POP3_KEPT, 100, NOW - 15 * DAY);
  const StorePop3Entry *young = remember (self, "c", STORE_POP3_KEPT, 100, NOW - 13 * DAY);
  const StorePop3Entry *half = remember (self, "d", STORE_POP3_HEADERS, 100, NOW - 99 * DAY);

  self->settings.leave = ACCOUNT_LEAVE_DAYS;
  self->settings.leave_days = 14;
  decide (self);
  g_assert_true (sync_pop3_plan_is_due (self->plan, deleted));
  g_assert_true (sync_pop3_plan_is_due (self->plan, old));
  g_assert_false (sync_pop3_plan_is_due (self->plan, young));
  g_assert_false (sync_pop3_plan_is_due (self->plan, half));
}

static void
test_always (Fixture *self, gconstpointer data)
{
  const StorePop3Entry *old = remember (self, "b", STORE_POP3_KEPT, 100, NOW - 9999 * DAY);

  decide (self);
  g_assert_false (sync_pop3_plan_is_due (self->plan, old));
}

static void
test_gone (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) turned = NULL;
  g_autoptr (GPtrArray) gone = NULL;

  remember (self, "a", STORE_POP3_KEPT, 100, NOW - 99 * DAY);
  remember (self, "b", STORE_POP3_KEPT, 100, NOW - 99 * DAY)->gone_since = NOW - 40 * DAY;
  remember (self, "c", STORE_POP3_KEPT, 100, NOW - 99 * DAY)->gone_since = NOW - 40 * DAY;
  list (self, 1, "c", 100);
  decide (self);
  turned = sync_pop3_plan_list_turned (self->plan);
  gone = sync_pop3_plan_list_gone (self->plan);
  g_assert_cmpuint (turned->len, ==, 2);
  g_assert_cmpuint (gone->len, ==, 1);
  g_assert_cmpstr (((SyncPop3Memory *) g_ptr_array_index (gone, 0))->key, ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/sync/pop3-plan/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("new-is-wanted/known-is-not", test_new_and_known);
  ADD ("known-by-its-headers/body-comes-when-wanted", test_wanted_body);
  ADD ("leave-for-days/deleted-here-and-old-are-due-half-is-not", test_due);
  ADD ("leave-always/nothing-is-due", test_always);
  ADD ("missing-at-the-server/forgotten-after-a-month", test_gone);
  return g_test_run ();
}
