/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications, as a stand-in for the desktop's service gets them on the session bus: who is told of what, and what its buttons do. */
#include "app-news.h"
#include "mime-summary.h"
#include "screen-test.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

#include <string.h>

typedef struct
{
  Screen screen;
  GtkApplication *application;
  AppParts parts;
  ModelNews *news;
  AppNews *told;
  StoreDatabase *database;
  Account *account;
  gint64 inbox, archive, junk;
  GDBusConnection *bus;
  guint owner, object;
  GPtrArray *sent;        /* of char: "id title | body" */
  GPtrArray *withdrawn;   /* of char */
  gint64 wanted;
  guint n_changed;        /* times that the model had something to tell */
} Desk;

/* The service that GTK's programs talk to on a desktop without the portal */
static const char interface[] =
  "<node><interface name='org.gtk.Notifications'>"
  "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method>"
  "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
  "</interface></node>";

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *name, const char *method, GVariant *parameters,
         GDBusMethodInvocation *invocation, gpointer data)
{
  Desk *desk = data;
  const char *id, *title = "", *body = "";

  if (g_str_equal (method, "AddNotification"))
    {
      g_autoptr (GVariant) about = g_variant_get_child_value (parameters, 2);

      g_variant_get_child (parameters, 1, "&s", &id);
      g_variant_lookup (about, "title", "&s", &title);
      g_variant_lookup (about, "body", "&s", &body);
      g_ptr_array_add (desk->sent, g_strdup_printf ("%s | %s", title, body));
    }
  else
    {
      g_variant_get_child (parameters, 1, "&s", &id);
      g_ptr_array_add (desk->withdrawn, g_strdup (id));
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_named (GDBusConnection *connection, const char *name, gpointer data)
{
  ((Desk *) data)->wanted = 1;
}

static gboolean
is_named (gpointer data)
{
  return ((Desk *) data)->wanted == 1;
}

static void
own_service (Desk *desk)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface, NULL);

  desk->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  desk->object = g_dbus_connection_register_object (desk->bus, "/org/gtk/Notifications", info->interfaces[0], &table, desk, NULL, NULL);
  desk->owner = g_bus_own_name_on_connection (desk->bus, "org.gtk.Notifications", 0, on_named, NULL, desk, NULL);
  screen_wait (is_named, desk);
}

static void
count (guint *n)
{
  ++*n;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("org.example.News%u", n++); /* a program that never ran stays on the bus until the end */
  g_autoptr (GError) error = NULL;

  screen_set_up (&desk->screen, NULL);
  desk->account = screen_add_account (&desk->screen, "Ana Ruiz", "ana@example.org");
  desk->database = store_open (desk->screen.store, NULL);
  g_assert_true (store_folders_prepare_account (desk->database, account_get_id (desk->account), NULL));
  desk->inbox = store_folders_find_role (desk->database, account_get_id (desk->account), MAIL_ROLE_INBOX, NULL);
  desk->archive = store_folders_find_role (desk->database, account_get_id (desk->account), MAIL_ROLE_ARCHIVE, NULL);
  desk->junk = store_folders_find_role (desk->database, account_get_id (desk->account), MAIL_ROLE_JUNK, NULL);
  desk->sent = g_ptr_array_new_with_free_func (g_free);
  desk->withdrawn = g_ptr_array_new_with_free_func (g_free);
  own_service (desk);
  desk->application = gtk_application_new (name, G_APPLICATION_DEFAULT_FLAGS);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->parts.accounts = desk->screen.accounts;
  desk->parts.state = app_state_new ("/nonexistent/window.ini");
  desk->parts.messages = model_message_list_new (desk->screen.store);
  desk->parts.mailbox = model_mailbox_new (desk->screen.store);
  desk->news = model_news_new (desk->screen.store, 50);
  g_signal_connect_swapped (desk->news, "changed", G_CALLBACK (count), &desk->n_changed);
  desk->told = app_news_new (desk->application, &desk->parts, desk->news);
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *) data)->news == NULL;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->news), (gpointer *) &desk->news);
  g_clear_object (&desk->told);
  g_object_unref (desk->news);
  screen_wait (is_gone, desk);
  g_clear_object (&desk->parts.messages);
  g_clear_object (&desk->parts.mailbox);
  g_clear_object (&desk->parts.state);
  g_clear_object (&desk->application);
  g_bus_unown_name (desk->owner);
  g_dbus_connection_unregister_object (desk->bus, desk->object);
  g_clear_object (&desk->bus);
  store_database_free (desk->database);
  g_ptr_array_unref (desk->sent);
  g_ptr_array_unref (desk->withdrawn);
  screen_settle ();
  screen_tear_down (&desk->screen, NULL);
}

static gint64
add_mail_of (Desk *desk, gint64 folder, const char *from, const char *subject, gint64 received)
{
  g_autofree char *text = g_strdup_printf ("From: %s\r\nSubject: %s\r\n\r\nx", from, subject);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, received);

  return store_messages_add (desk->database, folder, source, summary, NULL);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gint64
add_mail (Desk *desk, gint64 folder, const char *from, const char *subject)
{
  return add_mail_of (desk, folder, from, subject, get_now ());
}

static gboolean
has_sent (gpointer data)
{
  Desk *desk = data;

  return desk->sent->len >= (guint) desk->wanted;
}

static gboolean
has_withdrawn (gpointer data)
{
  return ((Desk *) data)->withdrawn->len > 0;
}

static void
test_one (Desk *desk, gconstpointer data)
{
  gint64 id = add_mail (desk, desk->inbox, "Tom Berg <tom@example.org>", "Flat in Porto");

  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 0), ==, "Tom Berg | Flat in Porto");
  g_action_group_activate_action (G_ACTION_GROUP (desk->application), "mark-read", g_variant_new_int64 (id));
  screen_wait (has_withdrawn, desk);
  g_assert_cmpuint (model_news_get_items (desk->news)->len, ==, 0);
}

static void
test_many (Desk *desk, gconstpointer data)
{
  gint64 ids[30];

  store_database_begin (desk->database, NULL);
  for (int i = 0; i < 30; i++)
    ids[i] = add_mail (desk, desk->inbox, "Tom <tom@example.org>", "Hello");
  store_database_commit (desk->database, NULL);
  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 0), ==, "30 new messages in ana@example.org | Tom");
  store_messages_set_flags (desk->database, ids, G_N_ELEMENTS (ids), MAIL_FLAG_SEEN, 0, NULL);
  screen_wait (has_withdrawn, desk);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (desk->withdrawn, 0), "account-"));
}

/* What rules moved on, junk, and an account that is to be quiet; the last message tells that the others had their chance. */
static void
test_quiet (Desk *desk, gconstpointer data)
{
  gint64 moved;

  store_database_begin (desk->database, NULL);
  moved = add_mail (desk, desk->inbox, "list@example.org", "Moved");
  store_messages_move (desk->database, &moved, 1, desk->archive, NULL);
  add_mail (desk, desk->junk, "spam@example.org", "Junk");
  add_mail (desk, desk->inbox, "Tom <tom@example.org>", "Flat");
  store_database_commit (desk->database, NULL);
  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_assert_cmpuint (desk->sent->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 0), ==, "Tom | Flat");
}

/* One by one, and then too many for that */
static void
test_fourth (Desk *desk, gconstpointer data)
{
  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *from = g_strdup_printf ("Tom %d <tom@example.org>", i);

      add_mail (desk, desk->inbox, from, "Hello");
      desk->wanted = i;
      screen_wait (has_sent, desk);
    }
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 2), ==, "Tom 3 | Hello");
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 3), ==, "4 new messages in ana@example.org | Tom 4, Tom 3, Tom 2, Tom 1");
  screen_wait (has_withdrawn, desk);
}

/* One name may be the beginning of another. */
static void
test_names (Desk *desk, gconstpointer data)
{
  static const char *const names[] = { "Eve", "Al", "Tom", "Al", "Bo", "Alice" };

  store_database_begin (desk->database, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_mail (desk, desk->inbox, names[i], "Hello");
  store_database_commit (desk->database, NULL);
  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 0), ==, "6 new messages in ana@example.org | Alice, Bo, Al, Tom…");
}

static void
test_deleted (Desk *desk, gconstpointer data)
{
  gint64 id = add_mail (desk, desk->inbox, "Tom Berg <tom@example.org>", "Flat in Porto");

  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_action_group_activate_action (G_ACTION_GROUP (desk->application), "delete-message", g_variant_new_int64 (id));
  screen_wait (has_withdrawn, desk);
  g_assert_cmpint (model_news_find_folder (desk->news, id), !=, desk->inbox);
}

/* Some desktops take the body for markup. */
static void
test_markup (Desk *desk, gconstpointer data)
{
  add_mail (desk, desk->inbox, "\"<b>Tom</b>\" <tom@example.org>", "<img src='http://example.org/seen.png'> & more");
  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_assert_cmpstr (g_ptr_array_index (desk->sent, 0), ==, "‹b›Tom‹/b› | ‹img src='http://example.org/seen.png'› & more");
}

static void
test_long (Desk *desk, gconstpointer data)
{
  g_autofree char *subject = g_strnfill (5000, 'x');

  add_mail (desk, desk->inbox, "tom@example.org", subject);
  desk->wanted = 1;
  screen_wait (has_sent, desk);
  g_assert_cmpuint (strlen (g_ptr_array_index (desk->sent, 0)), <, 300);
}

static gboolean
has_looked (gpointer data)
{
  return ((Desk *) data)->n_changed > 0;
}

static void
assert_quiet (Desk *desk)
{
  screen_wait (has_looked, desk);
  screen_settle ();
  g_assert_cmpuint (desk->sent->len, ==, 0);
  g_assert_cmpuint (model_news_get_items (desk->news)->len, ==, 0);
}

static void
test_switched_off (Desk *desk, gconstpointer data)
{
  app_news_set_wanted (desk->parts.state, account_get_id (desk->account), FALSE);
  add_mail (desk, desk->inbox, "Tom <tom@example.org>", "Flat");
  assert_quiet (desk);
}

/* What a new account's server has had for an hour comes with its first pass. */
static void
test_first_pass (Desk *desk, gconstpointer data)
{
  add_mail_of (desk, desk->inbox, "Tom <tom@example.org>", "Flat", get_now () - 3600);
  assert_quiet (desk);
}

#define add(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("GNOTIFICATION_BACKEND", "gtk", TRUE);
  screen_test_init (&argc, &argv);
  add ("/app/news/one-message-is-told-and-read-from-there", test_one);
  add ("/app/news/many-are-told-as-one", test_many);
  add ("/app/news/what-was-moved-away-and-junk-stay-quiet", test_quiet);
  add ("/app/news/a-fourth-makes-one-of-them", test_fourth);
  add ("/app/news/each-sender-is-named-once", test_names);
  add ("/app/news/deleted-from-there-is-withdrawn", test_deleted);
  add ("/app/news/nothing-looks-like-markup", test_markup);
  add ("/app/news/a-long-subject-is-cut", test_long);
  add ("/app/news/an-account-can-be-quiet", test_switched_off);
  add ("/app/news/a-first-pass-is-quiet", test_first_pass);
  return g_test_run ();
}
