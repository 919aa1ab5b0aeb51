/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts. */
#include "contacts-window.h"

#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "contacts-editor.h"
#include "contacts-files.h"
#include "contacts-groups.h"

#include <glib/gi18n.h>

struct _ContactsWindow
{
  AdwWindow parent_instance;
  ModelContacts *contacts;
  GCancellable *cancellable;  /* of the last look at the list */
  ContactsGroups *chooser;
  gint64 id;                  /* of the contact that is shown, 0: a new one */
  gint64 deleted_id;          /* and what "Undo" brings back */
  MailCard *deleted;

  /* the template's */
  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkSearchEntry *search;
  GtkDropDown *groups;
  GtkStack *stack;
  AdwStatusPage *nobody;
  GtkListView *list;
  GtkSingleSelection *selection;
  ContactsEditor *editor;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (ContactsWindow, contacts_window, ADW_TYPE_WINDOW)

static void
show_error (ContactsWindow *self, const GError *error)
{
  g_autofree char *text = error ? app_words_error (error) : NULL;

  if (text && self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
set_enabled (ContactsWindow *self)
{
  gboolean is_list = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "list") == 0;
  gboolean has_one = is_list ? gtk_single_selection_get_selected_item (self->selection) != NULL : self->id != 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.delete", has_one);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.write", has_one);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.write-group", contacts_groups_get_selected (self->chooser) != 0);
}

/* The list */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = model_contacts_list_finish (MODEL_CONTACTS (source), result, &error);
  gboolean is_searching;

  if (!people || !self->list)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  is_searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) || contacts_groups_get_selected (self->chooser);
  gtk_single_selection_set_model (self->selection, people);
  adw_status_page_set_title (self->nobody, is_searching ? _("Nobody Found") : _("No Contacts Yet"));
  adw_status_page_set_description (self->nobody, is_searching ? _("Look for other letters, or in all groups.")
                                   : _("Whom you write to is remembered by itself. Contacts are for those you want to find by name, with all their addresses."));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (people) > 0 ? "people" : "nobody");
  set_enabled (self);
}

static void
refresh (ContactsWindow *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  model_contacts_list_async (self->contacts, gtk_editable_get_text (GTK_EDITABLE (self->search)), contacts_groups_get_selected (self->chooser),
                             self->cancellable, on_listed, g_object_ref (self));
}

static char *
get_name (GObject *item, ModelPerson *person)
{
  return g_strdup (person ? model_person_get_name (person) : "");
}

static char *
get_address (GObject *item, ModelPerson *person)
{
  return g_strdup (person ? model_person_get_address (person) : "");
}

static void
on_search_stopped (ContactsWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* One contact */

static void
show_page (ContactsWindow *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  set_enabled (self);
}

static void
show_card (ContactsWindow *self, gint64 id, const MailCard *card)
{
  self->id = id;
  show_page (self, "contact");
  contacts_editor_show (self->editor, card);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MailCard) card = model_contacts_load_finish (MODEL_CONTACTS (source), result, &error);

  if (card && self->editor)
    show_card (self, self->id, card);
  else
    show_error (self, error);
}

static void
on_activated (ContactsWindow *self, guint position)
{
  g_autoptr (ModelPerson) person = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  contacts_window_edit (self, model_person_get_id (person));
}

static void
on_edited (ContactsWindow *self)
{
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (model_contacts_finish (MODEL_CONTACTS (source), result, &error) < 0)
    show_error (self, error);
  else if (self->pages)
    {
      show_page (self, "list");
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
    }
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ContactsWindow *self = CONTACTS_WINDOW (widget);
  g_autoptr (MailCard) card = contacts_editor_check (self->editor);

  if (card)
    model_contacts_save_async (self->contacts, self->id, card, on_saved, g_object_ref (self));
}

static void
on_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ContactsWindow *self = CONTACTS_WINDOW (widget);
  g_autoptr (MailCard) card = mail_card_new ();
  const char *const groups[] = { contacts_groups_get_selected_name (self->chooser), NULL };

  mail_card_set_groups (card, groups);
  show_card (self, 0, card);
}

/* Leaving without saving loses what was typed, so it is saved where it can be. */
static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ContactsWindow *self = CONTACTS_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "list") == 0)
    gtk_window_close (GTK_WINDOW (self));
  else if (contacts_editor_is_changed (self->editor))
    on_save (widget, NULL, NULL);
  else
    show_page (self, "list");
}

/* Deleting, and its way back */

static void
bring_back (gpointer window, gpointer what)
{
  ContactsWindow *self = window;
  g_autoptr (MailCard) card = g_steal_pointer (&self->deleted);

  if (card)
    model_contacts_save_async (self->contacts, self->deleted_id, card, on_saved, g_object_ref (self));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *text = NULL;

  if (model_contacts_finish (MODEL_CONTACTS (source), result, &error) < 0)
    {
      show_error (self, error);
      return;
    }
  if (!self->toasts || !self->deleted)
    return;
  show_page (self, "list");
  name = mail_card_dup_name (self->deleted);
  text = g_strdup_printf (_("%s deleted"), name);
  adw_toast_overlay_add_toast (self->toasts, app_toast_new_undo (text, self, bring_back, NULL, g_free));
}

static void
on_loaded_to_delete (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsWindow) self = data;
  g_autoptr (GError) error = NULL;
  MailCard *card = model_contacts_load_finish (MODEL_CONTACTS (source), result, &error);

  if (!card)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->deleted, mail_card_free);
  self->deleted = card;
  model_contacts_delete_async (MODEL_CONTACTS (source), self->deleted_id, on_deleted, g_object_ref (self));
}

/* The contact that is shown, or the one that is selected in the list */
static gint64
get_current (ContactsWindow *self)
{
  ModelPerson *person = gtk_single_selection_get_selected_item (self->selection);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "contact") == 0)
    return self->id;
  return person ? model_person_get_id (person) : 0;
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ContactsWindow *self = CONTACTS_WINDOW (widget);

  self->deleted_id = get_current (self);
  if (self->deleted_id)
    model_contacts_load_async (self->contacts, self->deleted_id, NULL, on_loaded_to_delete, g_object_ref (self));
}

static void
on_undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  bring_back (widget, NULL);
}

/* Writing */

static void
write_to (ContactsWindow *self, const char *addresses)
{
  g_autofree char *escaped = g_uri_escape_string (addresses, "@,", FALSE);
  g_autofree char *uri = g_strconcat ("mailto:", escaped, NULL);

  if (gtk_window_get_transient_for (GTK_WINDOW (self)))
    gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), "app.mailto", "s", uri);
}

static void
on_write (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ContactsWindow *self = CONTACTS_WINDOW (widget);
  ModelPerson *person = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (MailCard) card = NULL;
  g_auto (GStrv) emails = NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "contact") == 0)
    {
      card = contacts_editor_check (self->editor);
      emails = card ? mail_card_dup_emails (card) : NULL;
      if (emails && emails[0])
        write_to (self, emails[0]);
    }
  else if (person && *model_person_get_address (person))
    write_to (self, model_person_get_address (person));
}

/* To all that the list shows of the group */
static void
on_write_group (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ContactsWindow *self = CONTACTS_WINDOW (widget);
  g_autoptr (GString) addresses = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (ModelPerson) person = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (*model_person_get_address (person))
        g_string_append_printf (addresses, "%s%s", addresses->len > 0 ? "," : "", model_person_get_address (person));
    }
  if (addresses->len > 0)
    write_to (self, addresses->str);
}

static void
on_search_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONTACTS_WINDOW (widget)->search));
}

/* The object */

static void
contacts_window_dispose (GObject *object)
{
  ContactsWindow *self = CONTACTS_WINDOW (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->contacts)
    g_signal_handlers_disconnect_by_data (self->contacts, self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->contacts);
  g_clear_pointer (&self->deleted, mail_card_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONTACTS_TYPE_WINDOW);
  G_OBJECT_CLASS (contacts_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "contacts.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "contacts.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "contacts.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "contacts.delete", NULL, on_delete);
  gtk_widget_class_install_action (widget_class, "contacts.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "contacts.write", NULL, on_write);
  gtk_widget_class_install_action (widget_class, "contacts.write-group", NULL, on_write_group);
  gtk_widget_class_install_action (widget_class, "contacts.search", NULL, on_search_key);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "contacts.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "contacts.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "contacts.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "contacts.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "contacts.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "contacts.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "contacts.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
contacts_window_class_init (ContactsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = contacts_window_dispose;
  g_type_ensure (CONTACTS_TYPE_EDITOR);
  g_type_ensure (MODEL_TYPE_PERSON);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/contacts/contacts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, groups);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, nobody);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, ContactsWindow, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, set_enabled);
  install_actions (widget_class);
}

static GtkListItemFactory *
make_factory (void)
{
  g_autoptr (GtkBuilderScope) scope = gtk_builder_cscope_new ();

  gtk_builder_cscope_add_callback_symbols (GTK_BUILDER_CSCOPE (scope), "get_name", G_CALLBACK (get_name), "get_address", G_CALLBACK (get_address), NULL);
  return gtk_builder_list_item_factory_new_from_resource (scope, POSTHORN_RESOURCE_PATH "/ui/contacts/contacts-row.ui");
}

static void
contacts_window_init (ContactsWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = make_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list, factory);
}

ContactsWindow *
contacts_window_new (GtkWindow *parent, ModelContacts *contacts)
{
  /* Not one of the application's: its Ctrl+N would write mail, where ours makes a contact. */
  ContactsWindow *self = g_object_new (CONTACTS_TYPE_WINDOW, "transient-for", parent, NULL);

  self->contacts = g_object_ref (contacts);
  self->chooser = contacts_groups_new (self->groups, contacts, self->toasts);
  contacts_files_add_actions (GTK_WINDOW (self), contacts, self->toasts);
  g_signal_connect_swapped (self->contacts, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (self->chooser, "selected", G_CALLBACK (refresh), self);
  refresh (self);
  return self;
}

void
contacts_window_edit (ContactsWindow *self, gint64 id)
{
  self->id = id;
  model_contacts_load_async (self->contacts, id, NULL, on_loaded, g_object_ref (self));
}
