/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody whose card came by mail becomes a contact. */
#include "app-newcomer.h"

#include "app-alert.h"
#include "app-window.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkApplication *application;
  ModelContacts *contacts;
  MailCard *card;
  gint64 known;     /* the contact with that address */
} Newcomer;

static void
newcomer_free (gpointer data)
{
  Newcomer *self = data;

  g_object_unref (self->application);
  g_object_unref (self->contacts);
  mail_card_free (self->card);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Newcomer, newcomer_free)

static Newcomer *
newcomer_copy (const Newcomer *self)
{
  Newcomer *copy = g_new0 (Newcomer, 1);

  *copy = (Newcomer) { g_object_ref (self->application), g_object_ref (self->contacts), mail_card_copy (self->card), self->known };
  return copy;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Newcomer) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = model_contacts_finish (MODEL_CONTACTS (source), result, &error);
  AppWindow *window = app_window_find (self->application);
  g_autofree char *name = mail_card_dup_name (self->card);
  /* Translators: %s is a person's name */
  g_autofree char *text = g_strdup_printf (_("%s is in your contacts."), name);

  if (window && id > 0)
    app_window_show_notice (window, text);
  else if (window)
    app_window_show_error (window, error);
}

static void
on_answered (const char *choice, gpointer data)
{
  const Newcomer *self = data;

  if (g_str_equal (choice, "merge"))
    model_contacts_merge_async (self->contacts, self->known, self->card, on_saved, newcomer_copy (self));
  else if (g_str_equal (choice, "both"))
    model_contacts_save_async (self->contacts, 0, self->card, on_saved, newcomer_copy (self));
}

static void
ask (Newcomer *self)
{
  g_autofree char *name = mail_card_dup_name (self->card);
  /* Translators: %s is a person's name */
  g_autofree char *heading = g_strdup_printf (_("%s Is in Your Contacts Already"), name);
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "both", _("_Keep Both"), APP_ALERT_PLAIN },
    { "merge", _("_Add What Is New"), APP_ALERT_SUGGESTED },
  };

  app_alert_present (gtk_application_get_active_window (self->application), heading,
                     _("A contact has the same e-mail address. What this card has besides can be added to it; nothing of yours is changed."),
                     choices, G_N_ELEMENTS (choices), on_answered, self, newcomer_free);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Newcomer) self = data;
  g_autoptr (GError) error = NULL;
  AppWindow *window = app_window_find (self->application);

  self->known = model_contacts_finish (MODEL_CONTACTS (source), result, &error);
  if (error && window)
    app_window_show_error (window, error);
  else if (self->known > 0)
    ask (g_steal_pointer (&self));
  else if (self->known == 0)
    model_contacts_save_async (self->contacts, 0, self->card, on_saved, newcomer_copy (self));
}

void
app_newcomer_add (GtkApplication *application, ModelContacts *contacts, const char *text)
{
  g_autoptr (GPtrArray) cards = mail_card_parse_list (text, strlen (text));
  Newcomer *self;

  if (cards->len == 0)
    return;
  self = g_new0 (Newcomer, 1);
  self->application = g_object_ref (application);
  self->contacts = g_object_ref (contacts);
  self->card = mail_card_copy (g_ptr_array_index (cards, 0));
  mail_card_set_text (self->card, "UID", NULL); /* a stranger's card must not take the place of one that is here */
  model_contacts_find_async (contacts, self->card, on_found, self);
}
