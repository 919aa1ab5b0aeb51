/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for each identity of an account, and a button for one more. */
#include "preferences-identities.h"

#include "base-config.h"
#include "preferences-identity.h"

struct _PreferencesIdentities
{
  AdwPreferencesGroup parent_instance;
  Account *account;
  PreferencesIdentity *own;
  GPtrArray *others;         /* of PreferencesIdentity, in order; the group's children */
};

G_DEFINE_FINAL_TYPE (PreferencesIdentities, preferences_identities, ADW_TYPE_PREFERENCES_GROUP)

static void
on_changed (PreferencesIdentities *self)
{
  g_auto (AccountIdentityValue) value = { 0 };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < self->others->len; i++)
    {
      g_autofree char *text = NULL;

      preferences_identity_get_value (g_ptr_array_index (self->others, i), &value);
      text = account_identity_value_format (&value);
      g_strv_builder_add (builder, text);
    }
  texts = g_strv_builder_end (builder);
  preferences_identity_get_value (self->own, &value);
  g_object_set (self->account, "reply-to", value.reply_to, "signature", value.signature, "identities", texts, NULL);
}

static void
on_remove (PreferencesIdentities *self, PreferencesIdentity *row)
{
  g_ptr_array_remove (self->others, row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  on_changed (self);
}

static PreferencesIdentity *
add (PreferencesIdentities *self, const AccountIdentityValue *value, gboolean is_own)
{
  PreferencesIdentity *row = preferences_identity_new (value, is_own);

  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  if (!is_own)
    g_ptr_array_add (self->others, row);
  return row;
}

static void
on_add_clicked (PreferencesIdentities *self)
{
  AccountIdentityValue value = { .name = (char *) account_get_person_name (self->account), .address = (char *) "", .reply_to = (char *) "",
                                 .signature = (char *) "" };
  PreferencesIdentity *row = add (self, &value, FALSE);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  on_changed (self);
}

static void
preferences_identities_dispose (GObject *object)
{
  PreferencesIdentities *self = PREFERENCES_IDENTITIES (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PREFERENCES_TYPE_IDENTITIES);
  G_OBJECT_CLASS (preferences_identities_parent_class)->dispose (object);
}

static void
preferences_identities_class_init (PreferencesIdentitiesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_identities_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-identities.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
preferences_identities_init (PreferencesIdentities *self)
{
  self->others = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
preferences_identities_set_account (PreferencesIdentities *self, Account *account)
{
  AccountIdentityValue own = { .name = (char *) "", .address = (char *) "", .reply_to = (char *) account_get_reply_to (account),
                               .signature = (char *) account_get_signature (account) };

  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  self->own = add (self, &own, TRUE);
  for (const char *const *text = account_get_identities (account); *text; text++)
    {
      g_auto (AccountIdentityValue) value = { 0 };

      account_identity_value_parse (&value, *text);
      add (self, &value, FALSE);
    }
}

gboolean
preferences_identities_check (PreferencesIdentities *self)
{
  gboolean is_fine = preferences_identity_check (self->own);

  for (guint i = 0; is_fine && i < self->others->len; i++)
    is_fine = preferences_identity_check (g_ptr_array_index (self->others, i));
  return is_fine;
}
