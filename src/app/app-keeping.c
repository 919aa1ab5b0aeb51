/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps order beside the main window. */
#include "app-keeping.h"

#include "app-newcomer.h"
#include "app-news.h"
#include "contacts-window.h"
#include "mail-address.h"
#include "rules-window.h"
#include "sync-expiry.h"

/* So long the rules have for what arrives before it is told. */
#define NEWS_PATIENCE_MS 1500

struct _AppKeeping
{
  GObject parent_instance;
  GtkApplication *application;
  AccountList *accounts;
  ModelFolderTree *tree;
  ModelMessageList *messages;
  ModelMailbox *mailbox;
  ModelContacts *contacts;
  ModelRules *rules;
  SyncRules *work;
  SyncExpiry *expiry;
  AppNews *news;
  GtkWindow *contacts_window;  /* weak */
  GtkWindow *rules_window;     /* weak */
};

G_DEFINE_FINAL_TYPE (AppKeeping, app_keeping, G_TYPE_OBJECT)

static ContactsWindow *
present_contacts (AppKeeping *self)
{
  GtkWindow *parent = gtk_application_get_active_window (self->application);

  if (!self->contacts_window)
    g_set_weak_pointer (&self->contacts_window, GTK_WINDOW (contacts_window_new (parent, self->contacts)));
  gtk_window_present (self->contacts_window);
  return CONTACTS_WINDOW (self->contacts_window);
}

static void
on_contacts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present_contacts (data);
}

static void
on_edit_contact (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  contacts_window_edit (present_contacts (data), g_variant_get_int64 (parameter));
}

static RulesWindow *
present_rules (AppKeeping *self)
{
  GtkWindow *parent = gtk_application_get_active_window (self->application);

  if (!self->rules_window)
    g_set_weak_pointer (&self->rules_window, GTK_WINDOW (rules_window_new (parent, self->rules, self->tree, self->accounts, self->work)));
  rules_window_set_folder (RULES_WINDOW (self->rules_window), model_message_list_get_folder (self->messages));
  gtk_window_present (self->rules_window);
  return RULES_WINDOW (self->rules_window);
}

static void
on_rules (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present_rules (data);
}

/* Proposed: mail from the same sender */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppKeeping) self = data;
  g_autoptr (ModelBody) body = model_mailbox_load_finish (MODEL_MAILBOX (source), result, NULL);
  g_autoptr (MailRule) rule = mail_rule_new ();
  GPtrArray *from;

  if (!body || !self->application)
    return;
  from = model_body_get_from (body);
  if (from->len > 0)
    mail_rule_add_condition (rule, MAIL_RULE_FROM, FALSE, ((MailAddress *) g_ptr_array_index (from, 0))->address, 0);
  rules_window_edit (present_rules (self), rule);
}

static void
on_create_rule (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppKeeping *self = data;

  model_mailbox_load_async (self->mailbox, g_variant_get_int64 (parameter), NULL, on_loaded, g_object_ref (self));
}

static void
on_add_contact (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppKeeping *self = data;

  app_newcomer_add (self->application, self->contacts, g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { .name = "add-contact", .activate = on_add_contact, .parameter_type = "s" },
  { .name = "contacts", .activate = on_contacts },
  { .name = "edit-contact", .activate = on_edit_contact, .parameter_type = "x" },
  { .name = "rules", .activate = on_rules },
  { .name = "create-rule", .activate = on_create_rule, .parameter_type = "x" },
};

static void
app_keeping_dispose (GObject *object)
{
  AppKeeping *self = APP_KEEPING (object);

  for (gsize i = 0; i < G_N_ELEMENTS (entries) && self->application; i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), entries[i].name);
  self->application = NULL;
  g_clear_weak_pointer (&self->contacts_window);
  g_clear_weak_pointer (&self->rules_window);
  g_clear_object (&self->accounts);
  g_clear_object (&self->tree);
  g_clear_object (&self->messages);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->contacts);
  g_clear_object (&self->rules);
  g_clear_object (&self->work);
  g_clear_object (&self->expiry);
  g_clear_object (&self->news);
  G_OBJECT_CLASS (app_keeping_parent_class)->dispose (object);
}

static void
app_keeping_class_init (AppKeepingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_keeping_dispose;
}

static void
app_keeping_init (AppKeeping *self)
{
}

void
app_keeping_stop (AppKeeping *self)
{
  sync_rules_stop (self->work);
  sync_expiry_stop (self->expiry);
  g_object_run_dispose (G_OBJECT (self->news));
}

AppKeeping *
app_keeping_new (GtkApplication *application, const AppParts *parts, BaseTrace *trace)
{
  AppKeeping *self = g_object_new (APP_TYPE_KEEPING, NULL);
  Store *store = model_folder_tree_get_store (parts->tree);
  g_autoptr (ModelNews) news = model_news_new (store, NEWS_PATIENCE_MS);

  self->application = application;
  self->accounts = g_object_ref (parts->accounts);
  self->tree = g_object_ref (parts->tree);
  self->messages = g_object_ref (parts->messages);
  self->mailbox = g_object_ref (parts->mailbox);
  self->contacts = g_object_ref (parts->contacts);
  self->rules = model_rules_new (store);
  self->work = sync_rules_new (store, parts->accounts);
  sync_rules_start (self->work);
  self->expiry = sync_expiry_new (store, parts->accounts, trace);
  sync_expiry_start (self->expiry);
  self->news = app_news_new (application, parts, news);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  return self;
}
