/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field for recipients: what is typed, chosen, pasted and mended becomes the right chips. */
#include "recipients-chip.h"
#include "recipients-completion.h"
#include "recipients-entry.h"
#include "screen-test.h"

#include <string.h>

typedef struct
{
  Screen screen;
  ModelContacts *contacts;
  GtkWindow *window;
  RecipientsEntry *entry;
  GtkText *text;
  gpointer completion;
  guint n_changes;
  gboolean is_saved;
} Field;

static void
on_changed (Field *field)
{
  field->n_changes++;
}

static void
set_up (Field *field, gconstpointer data)
{
  screen_set_up (&field->screen, NULL);
  field->contacts = model_contacts_new (field->screen.store);
  field->window = GTK_WINDOW (gtk_window_new ());
  field->entry = g_object_new (RECIPIENTS_TYPE_ENTRY, "label", "To", "valign", GTK_ALIGN_START, NULL);
  recipients_entry_set_contacts (field->entry, field->contacts);
  g_signal_connect_swapped (field->entry, "recipients-changed", G_CALLBACK (on_changed), field);
  field->text = screen_part (field->entry, RECIPIENTS_TYPE_ENTRY, "text");
  field->completion = screen_part (field->entry, RECIPIENTS_TYPE_ENTRY, "completion");
  gtk_window_set_child (field->window, GTK_WIDGET (field->entry));
  gtk_window_set_default_size (field->window, 460, 320);
  gtk_window_present (field->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (field->window));
  gtk_widget_grab_focus (GTK_WIDGET (field->entry));
}

static gboolean
is_gone (gpointer data)
{
  return ((Field *) data)->contacts == NULL;
}

/* A question that is on its way holds the contacts for as long. */
static void
tear_down (Field *field, gconstpointer data)
{
  gtk_window_destroy (field->window);
  g_object_add_weak_pointer (G_OBJECT (field->contacts), (gpointer *) &field->contacts);
  g_object_unref (field->contacts);
  screen_wait (is_gone, field);
  screen_tear_down (&field->screen, NULL);
}

static GtkEventController *
find_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        return controller; /* the widget holds it */
    }
  g_assert_not_reached ();
}

static gboolean
press (GtkWidget *widget, guint key)
{
  gboolean is_taken = FALSE;

  g_signal_emit_by_name (find_keys (widget), "key-pressed", key, 0, 0, &is_taken);
  return is_taken;
}

static void
assert_addresses (Field *field, const char *expected, const char *typed)
{
  g_autofree char *addresses = recipients_entry_dup_addresses (field->entry);

  g_assert_cmpstr (addresses, ==, expected);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field->text)), ==, typed);
}

static RecipientsChip *
get_last_chip (Field *field)
{
  return RECIPIENTS_CHIP (gtk_widget_get_prev_sibling (GTK_WIDGET (field->text)));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_cmpint (model_contacts_finish (MODEL_CONTACTS (source), result, NULL), >, 0);
  ((Field *) data)->is_saved = TRUE;
}

static gboolean
is_saved (gpointer data)
{
  return ((Field *) data)->is_saved;
}

static void
save_contact (Field *field, const char *name, const char *email, const char *group)
{
  const char *const groups[] = { group, NULL };
  g_autoptr (MailCard) card = mail_card_new ();

  mail_card_set_text (card, "FN", name);
  mail_card_set_text (card, "EMAIL", email);
  mail_card_set_groups (card, groups);
  field->is_saved = FALSE;
  model_contacts_save_async (field->contacts, 0, card, on_saved, field);
  screen_wait (is_saved, field);
}

static gboolean
has_suggestion (gpointer data)
{
  return recipients_completion_get_selected (((Field *) data)->completion) != NULL;
}

static void
test_comma (Field *field, gconstpointer data)
{
  screen_type (field->text, "Ana Ruiz <ana@example.org>");
  assert_addresses (field, "Ana Ruiz <ana@example.org>", "Ana Ruiz <ana@example.org>");
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_comma));
  assert_addresses (field, "Ana Ruiz <ana@example.org>", "");
  g_assert_false (press (GTK_WIDGET (field->text), GDK_KEY_comma));
  screen_type (field->text, "\"Berg");
  g_assert_false (press (GTK_WIDGET (field->text), GDK_KEY_comma));
}

static void
test_once (Field *field, gconstpointer data)
{
  screen_type (field->text, "ana@example.org; ANA@example.org; tom@example.org");
  press (GTK_WIDGET (field->text), GDK_KEY_Return);
  assert_addresses (field, "ana@example.org, tom@example.org", "");
}

static void
test_set (Field *field, gconstpointer data)
{
  g_object_set (field->entry, "addresses", "Tom <tom@example.org>, ana@example.org", NULL);
  g_assert_cmpuint (field->n_changes, ==, 1);
  assert_addresses (field, "Tom <tom@example.org>, ana@example.org", "");
  g_object_set (field->entry, "addresses", "", NULL);
  g_assert_true (recipients_entry_is_empty (field->entry));
  g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (field->entry)) == GTK_WIDGET (field->text));
}

static void
test_backspace (Field *field, gconstpointer data)
{
  g_object_set (field->entry, "addresses", "tom@example.org, ana@example.org", NULL);
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_BackSpace));
  g_assert_false (gtk_widget_has_focus (GTK_WIDGET (field->text)));
  assert_addresses (field, "tom@example.org, ana@example.org", "");
  g_assert_true (press (GTK_WIDGET (get_last_chip (field)), GDK_KEY_BackSpace));
  assert_addresses (field, "tom@example.org", "");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (field->text)));
}

static void
test_arrows (Field *field, gconstpointer data)
{
  g_object_set (field->entry, "addresses", "tom@example.org, ana@example.org", NULL);
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_Left));
  g_assert_nonnull (gtk_widget_get_focus_child (GTK_WIDGET (get_last_chip (field))));
  g_assert_true (press (GTK_WIDGET (field->entry), GDK_KEY_Left));
  g_assert_null (gtk_widget_get_focus_child (GTK_WIDGET (get_last_chip (field))));
  g_assert_true (press (GTK_WIDGET (field->entry), GDK_KEY_End));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (field->text)));
}

static void
test_edited (Field *field, gconstpointer data)
{
  g_object_set (field->entry, "addresses", "Uncle Bob, ana@example.org", NULL);
  screen_picture (field->window, "recipients-invalid");
  g_signal_emit_by_name (gtk_widget_get_first_child (GTK_WIDGET (field->entry)), "edited");
  assert_addresses (field, "ana@example.org, Uncle Bob", "Uncle Bob");
}

static void
test_invalid (Field *field, gconstpointer data)
{
  GtkWidget *button;

  g_object_set (field->entry, "addresses", "Uncle Bob", NULL);
  button = screen_part (get_last_chip (field), RECIPIENTS_TYPE_CHIP, "button");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_last_chip (field)), "error"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "“Uncle Bob” is not a complete e-mail address.");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "“Uncle Bob” is not a complete e-mail address.");
}

/* Somebody who calls himself by another's address */
static void
test_pretender (Field *field, gconstpointer data)
{
  g_object_set (field->entry, "addresses", "\"boss@example.org\" <eve@example.net>", NULL);
  g_assert_nonnull (strstr (gtk_label_get_label (screen_part (get_last_chip (field), RECIPIENTS_TYPE_CHIP, "label")), "eve@example.net"));
}

static void
test_suggestion (Field *field, gconstpointer data)
{
  save_contact (field, "Ana Ruiz", "ana@example.org", NULL);
  save_contact (field, "Anton Żak", "anton@example.org", NULL);
  screen_type (field->text, "an");
  screen_wait (has_suggestion, field);
  screen_picture (field->window, "recipients-suggestions");
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_Down));
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_Return));
  assert_addresses (field, "Anton Żak <anton@example.org>", "");
  screen_type (field->text, "an");
  screen_wait (has_suggestion, field);
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_Escape));
  g_assert_null (recipients_completion_get_selected (field->completion));
  g_assert_false (press (GTK_WIDGET (field->text), GDK_KEY_Escape));
}

static void
test_group (Field *field, gconstpointer data)
{
  save_contact (field, "Ana Ruiz", "ana@example.org", "Choir");
  save_contact (field, "Tom Berg", "tom@example.org", "Choir");
  screen_type (field->text, "cho");
  screen_wait (has_suggestion, field);
  g_assert_true (press (GTK_WIDGET (field->text), GDK_KEY_Return));
  assert_addresses (field, "Ana Ruiz <ana@example.org>, Tom Berg <tom@example.org>", "");
}

static gboolean
has_two (gpointer data)
{
  g_autofree char *addresses = recipients_entry_dup_addresses (((Field *) data)->entry);

  return g_strcmp0 (addresses, "Ana <ana@example.org>, tom@example.org") == 0;
}

static void
test_paste (Field *field, gconstpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (field->text)), "Ana <ana@example.org>\ntom@example.org\n");
  g_signal_emit_by_name (field->text, "paste-clipboard");
  screen_wait (has_two, field);
  assert_addresses (field, "Ana <ana@example.org>, tom@example.org", "");
}

static void
test_drop (Field *field, gconstpointer data)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (field->entry));
  g_autoptr (MailAddress) address = mail_address_new ("Tom", "tom@example.org");
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken;

  g_value_init (&value, MAIL_TYPE_ADDRESS);
  g_value_set_boxed (&value, address);
  for (int i = 0; i < 2; i++)
    for (guint j = 0; j < g_list_model_get_n_items (controllers); j++)
      {
        g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, j);

        if (!GTK_IS_DROP_TARGET (controller))
          continue;
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &is_taken);
        g_assert_cmpint (is_taken, ==, i == 0); /* where it is already, nothing is taken, and so nothing goes */
      }
  assert_addresses (field, "Tom <tom@example.org>", "");
}

static void
test_many (Field *field, gconstpointer data)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (int i = 0; i < 12; i++)
    g_string_append_printf (list, "Person number %d <person%d@example.org>, ", i, i);
  g_string_append (list, "somebody.with.a.name.that.never.seems.to.end@a.subdomain.of.some.company.that.is.long.example");
  g_object_set (field->entry, "addresses", list->str, NULL);
  screen_settle ();
  screen_picture (field->window, "recipients-many");
  gtk_widget_set_direction (GTK_WIDGET (field->entry), GTK_TEXT_DIR_RTL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (field->window));
  screen_picture (field->window, "recipients-many-rtl");
  screen_assert_label (field->entry, "To");
  screen_assert_label (field->text, "To");
}

#define add(path, func) g_test_add (path, Field, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  screen_test_init (&argc, &argv);
  add ("/app/recipients/a-comma-makes-a-chip", test_comma);
  add ("/app/recipients/nobody-is-there-twice", test_once);
  add ("/app/recipients/what-is-set-becomes-chips", test_set);
  add ("/app/recipients/backspace-goes-to-the-last-chip-and-then-removes-it", test_backspace);
  add ("/app/recipients/arrows-go-through-chips-and-text", test_arrows);
  add ("/app/recipients/a-chip-becomes-text-again-to-be-mended", test_edited);
  add ("/app/recipients/what-is-no-address-says-so-in-words", test_invalid);
  add ("/app/recipients/a-name-that-is-an-address-does-not-hide-the-real-one", test_pretender);
  add ("/app/recipients/a-suggestion-is-taken-by-keyboard", test_suggestion);
  add ("/app/recipients/a-group-becomes-its-members", test_group);
  add ("/app/recipients/a-pasted-list-is-split", test_paste);
  add ("/app/recipients/a-dropped-chip-is-taken-once", test_drop);
  add ("/app/recipients/many-stand-in-lines", test_many);
  return g_test_run ();
}
