/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what can be done with somebody who stands in a mail: strangers become contacts, and those who are known are said to be. */
#include "contacts-popover.h"
#include "contacts-window.h"
#include "recipients-chip.h"
#include "recipients-entry.h"
#include "screen-test.h"

#include <string.h>

typedef struct
{
  Screen screen;
  ModelContacts *contacts;
  gpointer popover;         /* of whatever shows it */
  gint64 id;                /* of who was saved */
} People;

static gboolean
is_gone (gpointer data)
{
  return ((People *) data)->contacts == NULL;
}

static void
set_up (People *people, gconstpointer data)
{
  screen_set_up (&people->screen, NULL);
  people->contacts = model_contacts_new (people->screen.store);
  people->popover = g_object_new (CONTACTS_TYPE_POPOVER, "autohide", FALSE, NULL);
  gtk_widget_set_parent (people->popover, GTK_WIDGET (people->screen.parent));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (people->screen.parent));
}

static void
tear_down (People *people, gconstpointer data)
{
  gtk_popover_popdown (people->popover);
  screen_settle ();
  gtk_widget_unparent (people->popover);
  g_object_add_weak_pointer (G_OBJECT (people->contacts), (gpointer *) &people->contacts);
  g_object_unref (people->contacts);
  screen_wait (is_gone, people);
  screen_tear_down (&people->screen, NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  ((People *) data)->id = model_contacts_finish (MODEL_CONTACTS (source), result, NULL);
}

static gboolean
is_saved (gpointer data)
{
  return ((People *) data)->id > 0;
}

static void
save (People *people, const char *text)
{
  g_autoptr (GPtrArray) cards = mail_card_parse_list (text, strlen (text));

  g_assert_cmpuint (cards->len, ==, 1);
  model_contacts_save_async (people->contacts, 0, g_ptr_array_index (cards, 0), on_saved, people);
  screen_wait (is_saved, people);
}

static gpointer
part (People *people, const char *id)
{
  return screen_part (people->popover, CONTACTS_TYPE_POPOVER, id);
}

static void
pop_up (People *people, const char *name, const char *email)
{
  MailAddress address = { (char *) name, (char *) email };

  contacts_popover_set_person (people->popover, people->contacts, &address);
  gtk_popover_popup (people->popover);
}

static gboolean
is_known (gpointer data)
{
  return gtk_widget_get_visible (part (data, "known_row"));
}

static void
test_stranger (People *people, gconstpointer data)
{
  GVariant *target;

  pop_up (people, "Tom Berg", "tom@example.org");
  screen_settle ();
  g_assert_false (is_known (people));
  g_assert_false (gtk_widget_get_visible (part (people, "edit_button")));
  g_assert_true (gtk_widget_get_visible (part (people, "add_button")));
  target = gtk_actionable_get_action_target_value (part (people, "add_button"));
  g_assert_nonnull (strstr (g_variant_get_string (target, NULL), "FN:Tom Berg\r\n"));
  g_assert_nonnull (strstr (g_variant_get_string (target, NULL), "EMAIL:tom@example.org\r\n"));
}

/* What is offered is what becomes of it. */
static void
test_added (People *people, gconstpointer data)
{
  pop_up (people, "Tom Berg", "tom@example.org");
  save (people, g_variant_get_string (gtk_actionable_get_action_target_value (part (people, "add_button")), NULL));
  gtk_popover_popdown (people->popover);
  screen_settle ();
  gtk_popover_popup (people->popover);
  screen_wait (is_known, people);
  g_assert_false (gtk_widget_get_visible (part (people, "add_button")));
  g_assert_cmpint (g_variant_get_int64 (gtk_actionable_get_action_target_value (part (people, "edit_button"))), ==, people->id);
  gtk_test_widget_wait_for_draw (people->popover);
  screen_picture (people->screen.parent, "contacts-popover");
}

/* One who was looked for before is not the one who is shown now. */
static void
test_another (People *people, gconstpointer data)
{
  save (people, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Tom\r\nEMAIL:tom@example.org\r\nEND:VCARD\r\n");
  pop_up (people, "Tom Berg", "tom@example.org");
  contacts_popover_set_person (people->popover, people->contacts, &(MailAddress) { (char *) "", (char *) "eve@example.org" });
  screen_settle ();
  g_assert_false (is_known (people));
  g_assert_false (gtk_widget_get_visible (part (people, "email"))); /* it is what stands for the name already */
}

static void
test_write (People *people, gconstpointer data)
{
  pop_up (people, "x", "a&b?cc=eve@example.org");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (part (people, "write_button")), NULL), ==,
                   "mailto:a%26b%3Fcc%3Deve@example.org");
}

static void
test_chip (People *people, gconstpointer data)
{
  gpointer entry = g_object_new (RECIPIENTS_TYPE_ENTRY, "label", "To", "addresses", "Tom Berg <tom@example.org>", NULL), own = people->popover;
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  recipients_entry_set_contacts (entry, people->contacts);
  gtk_window_set_child (window, entry);
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  save (people, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Tom\r\nEMAIL:Tom@Example.org\r\nEND:VCARD\r\n");
  people->popover = screen_part (entry, RECIPIENTS_TYPE_ENTRY, "person");
  g_signal_emit_by_name (gtk_widget_get_first_child (entry), "menu");
  screen_wait (is_known, people);
  gtk_popover_popdown (people->popover);
  screen_settle ();
  people->popover = own;
  gtk_window_destroy (window);
}

static gboolean
shows_contact (gpointer data)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (data), "contact") == 0;
}

static void
test_edit (People *people, gconstpointer data)
{
  ContactsWindow *window = contacts_window_new (people->screen.parent, people->contacts);

  save (people, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Tom\r\nEMAIL:tom@example.org\r\nEND:VCARD\r\n");
  gtk_window_present (GTK_WINDOW (window));
  contacts_window_edit (window, people->id);
  screen_wait (shows_contact, screen_part (window, CONTACTS_TYPE_WINDOW, "pages"));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define TEST(path, function) g_test_add ("/app/contacts-popover/" path, People, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  TEST ("stranger/can-be-added", test_stranger);
  TEST ("added/is-known-and-can-be-edited", test_added);
  TEST ("another-person/is-not-the-one-before", test_another);
  TEST ("address-with-signs/is-one-recipient", test_write);
  TEST ("recipient/has-the-same-menu", test_chip);
  TEST ("contact/can-be-opened-from-elsewhere", test_edit);
  return g_test_run ();
}
