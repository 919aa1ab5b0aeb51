/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts window: written, found, changed, deleted and brought back. */
#include "contacts-editor.h"
#include "contacts-window.h"
#include "screen-test.h"

#include <string.h>

typedef struct
{
  Screen screen;
  ModelContacts *contacts;
  ContactsWindow *window;
  GtkStack *pages;
  GtkStack *stack;
  GListModel *selection;
  gpointer editor;
  guint wanted;
} Book;

static gpointer
part (Book *book, const char *id)
{
  return screen_part (book->window, CONTACTS_TYPE_WINDOW, id);
}

static void
set_up (Book *book, gconstpointer data)
{
  screen_set_up (&book->screen, NULL);
  book->contacts = model_contacts_new (book->screen.store);
  book->window = contacts_window_new (book->screen.parent, book->contacts);
  book->pages = part (book, "pages");
  book->stack = part (book, "stack");
  book->selection = part (book, "selection");
  book->editor = part (book, "editor");
  gtk_window_present (GTK_WINDOW (book->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (book->window));
}

static gboolean
is_gone (gpointer data)
{
  return ((Book *) data)->contacts == NULL;
}

static void
tear_down (Book *book, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (book->window));
  g_object_add_weak_pointer (G_OBJECT (book->contacts), (gpointer *) &book->contacts);
  g_object_unref (book->contacts);
  screen_wait (is_gone, book);
  screen_tear_down (&book->screen, NULL);
}

static void
act (Book *book, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (book->window), action, NULL));
}

static gboolean
has_wanted (gpointer data)
{
  Book *book = data;

  return g_list_model_get_n_items (book->selection) == book->wanted && g_str_equal (gtk_stack_get_visible_child_name (book->pages), "list");
}

static void
wait_for (Book *book, guint n)
{
  book->wanted = n;
  screen_wait (has_wanted, book);
}

static gboolean
shows_contact (gpointer data)
{
  return g_str_equal (gtk_stack_get_visible_child_name (((Book *) data)->pages), "contact");
}

static gpointer
field (Book *book, const char *id)
{
  return screen_part (book->editor, CONTACTS_TYPE_EDITOR, id);
}

static void
add (Book *book, const char *name, const char *groups, guint n)
{
  act (book, "contacts.new");
  screen_type (field (book, "name_row"), name);
  screen_type (field (book, "groups_row"), groups);
  screen_click (part (book, "save_button"));
  wait_for (book, n);
}

static void
test_new (Book *book, gconstpointer data)
{
  screen_settle ();
  screen_picture (book->window, "contacts-empty");
  add (book, "Ana Ruiz", "Choir, Work", 1);
  add (book, "Somebody Whose Name Does Not End Before the Window Does, However Wide It Was Made", "", 2);
  screen_picture (book->window, "contacts-list");
  g_signal_emit_by_name (part (book, "list"), "activate", 0u);
  screen_wait (shows_contact, book);
  g_assert_cmpstr (gtk_editable_get_text (field (book, "groups_row")), ==, "Choir, Work");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (book->window));
  screen_picture (book->window, "contacts-contact");
}

static void
test_complaint (Book *book, gconstpointer data)
{
  act (book, "contacts.new");
  act (book, "contacts.save");
  g_assert_true (gtk_widget_get_visible (field (book, "problem_label")));
  g_assert_true (shows_contact (book));
  screen_type (field (book, "name_row"), "Ana");
  g_assert_false (gtk_widget_get_visible (field (book, "problem_label")));
}

static void
test_search (Book *book, gconstpointer data)
{
  add (book, "Ana Ruiz", "", 1);
  add (book, "Tom Berg", "", 2);
  screen_type (part (book, "search"), "ber");
  wait_for (book, 1);
  screen_type (part (book, "search"), "nobody");
  wait_for (book, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (book->stack), ==, "nobody");
}

static void
test_undo (Book *book, gconstpointer data)
{
  add (book, "Ana Ruiz", "", 1);
  act (book, "contacts.delete");
  wait_for (book, 0);
  screen_settle ();
  act (book, "contacts.undo");
  wait_for (book, 1);
}

/* Going back saves: nothing that was typed is lost. */
static void
test_back (Book *book, gconstpointer data)
{
  act (book, "contacts.new");
  screen_type (field (book, "name_row"), "Ana Ruiz");
  act (book, "contacts.back");
  wait_for (book, 1);
}

static void
test_group (Book *book, gconstpointer data)
{
  GtkDropDown *groups = part (book, "groups");

  add (book, "Ana Ruiz", "Choir", 1);
  add (book, "Tom Berg", "", 2);
  while (g_list_model_get_n_items (gtk_drop_down_get_model (groups)) < 2)
    g_main_context_iteration (NULL, TRUE);
  gtk_drop_down_set_selected (groups, 1);
  wait_for (book, 1);
}

/* The @n-th row below @widget to type in; counts @n down. */
static GtkWidget *
find_row (GtkWidget *widget, guint *n)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget))
    return (*n)-- == 0 ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_row (child, n);
  return found;
}

static GtkWidget *
get_phone (Book *book, guint n)
{
  return find_row (field (book, "phone_group"), &n);
}

static void
assert_texts (const MailCard *card, const char *property, const char *first, const char *second)
{
  g_auto (GStrv) texts = mail_card_dup_texts (card, property);

  g_assert_cmpuint (g_strv_length (texts), ==, second ? 2 : 1);
  g_assert_cmpstr (texts[0], ==, first);
  g_assert_cmpstr (texts[1], ==, second);
}

/* What is shown can be changed, and what is not shown is not lost by it. */
static void
test_fields (Book *book, gconstpointer data)
{
  static const char text[] = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nTEL;TYPE=home:11\r\nTEL;TYPE=work:22\r\n"
                             "ADR:PO 7;;Main Street 1;Porto;;4000;Portugal\r\nX-KEPT:yes\r\nEND:VCARD\r\n";
  g_autoptr (GPtrArray) cards = mail_card_parse_list (text, strlen (text));
  g_autoptr (MailCard) card = NULL;
  g_autoptr (MailCard) again = NULL;
  g_auto (GStrv) address = NULL;
  g_autofree char *kept = NULL;

  contacts_editor_show (book->editor, g_ptr_array_index (cards, 0));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_phone (book, 1))), ==, "22");
  g_assert_cmpstr (gtk_editable_get_text (field (book, "postcode_row")), ==, "4000");
  screen_type (get_phone (book, 0), "33");
  screen_type (field (book, "town_row"), "Braga");
  screen_type (field (book, "birthday_row"), "1980-05-01");
  card = contacts_editor_check (book->editor);
  assert_texts (card, "TEL", "33", "22");
  assert_texts (card, "BDAY", "1980-05-01", NULL);
  address = mail_card_dup_components (card, "ADR", 7);
  g_assert_cmpstr (address[0], ==, "PO 7");
  g_assert_cmpstr (address[3], ==, "Braga");
  g_assert_cmpstr (address[6], ==, "Portugal");
  kept = mail_card_dup_text (card, "X-KEPT");
  g_assert_cmpstr (kept, ==, "yes");
  screen_type (get_phone (book, 2), "44"); /* the empty one at the end */
  g_assert_nonnull (get_phone (book, 3));
  again = contacts_editor_check (book->editor);
  g_assert_nonnull (again);
  contacts_editor_show (book->editor, again);
  act (book, "contacts.new");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (book->window));
  screen_picture (book->window, "contacts-fields");
}

#define add_test(path, func) g_test_add (path, Book, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  screen_test_init (&argc, &argv);
  add_test ("/app/contacts/a-new-one-is-kept-and-shown-again", test_new);
  add_test ("/app/contacts/one-without-a-name-is-not-kept", test_complaint);
  add_test ("/app/contacts/every-field-is-changed-and-no-other-lost", test_fields);
  add_test ("/app/contacts/typing-finds", test_search);
  add_test ("/app/contacts/a-deleted-one-comes-back", test_undo);
  add_test ("/app/contacts/going-back-saves", test_back);
  add_test ("/app/contacts/a-group-shows-its-own", test_group);
  return g_test_run ();
}
