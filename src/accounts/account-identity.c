/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identities of all accounts, as one list. */
#include "account-identity.h"

#include <string.h>

#define SEPARATOR "\t" /* stands in no name and no address */

struct _AccountIdentity
{
  GObject parent_instance;
  Account *account;
  AccountIdentityValue value;
};

enum
{
  PROP_ACCOUNT = 1,
  PROP_NAME,
  PROP_ADDRESS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AccountIdentity, account_identity, G_TYPE_OBJECT)

void
account_identity_value_clear (AccountIdentityValue *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->reply_to, g_free);
  g_clear_pointer (&self->signature, g_free);
}

static void
append_field (GString *out, const char *text)
{
  g_autofree char *field = g_strdelimit (g_strdup (text), "\t\n\r", ' ');

  g_string_append_printf (out, "%s" SEPARATOR, g_strstrip (field));
}

char *
account_identity_value_format (const AccountIdentityValue *self)
{
  GString *out = g_string_new (NULL);

  append_field (out, self->name);
  append_field (out, self->address);
  append_field (out, self->reply_to);
  g_string_append (out, self->signature);
  return g_string_free (out, FALSE);
}

void
account_identity_value_parse (AccountIdentityValue *self, const char *text)
{
  g_auto (GStrv) fields = g_strsplit (text, SEPARATOR, 4);
  guint n = g_strv_length (fields);

  account_identity_value_clear (self);
  self->name = g_strdup (n > 0 ? fields[0] : "");
  self->address = g_strdup (n > 1 ? fields[1] : "");
  self->reply_to = g_strdup (n > 2 ? fields[2] : "");
  self->signature = g_strdup (n > 3 ? fields[3] : "");
}

static void
account_identity_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AccountIdentity *self = ACCOUNT_IDENTITY (object);

  switch (id)
    {
    case PROP_ACCOUNT: g_value_set_object (value, self->account); break;
    case PROP_NAME: g_value_set_string (value, self->value.name); break;
    case PROP_ADDRESS: g_value_set_string (value, self->value.address); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
account_identity_finalize (GObject *object)
{
  AccountIdentity *self = ACCOUNT_IDENTITY (object);

  g_object_unref (self->account);
  account_identity_value_clear (&self->value);
  G_OBJECT_CLASS (account_identity_parent_class)->finalize (object);
}

static void
account_identity_class_init (AccountIdentityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = account_identity_get_property;
  object_class->finalize = account_identity_finalize;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, ACCOUNT_TYPE_ACCOUNT, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
account_identity_init (AccountIdentity *self)
{
}

static void
append (GListStore *list, Account *account, AccountIdentityValue *value)
{
  g_autoptr (AccountIdentity) self = g_object_new (ACCOUNT_TYPE_IDENTITY, NULL);

  self->account = g_object_ref (account);
  self->value = *value;
  g_strchomp (self->value.signature);
  memset (value, 0, sizeof *value);
  g_list_store_append (list, self);
}

GListStore *
account_identity_list (AccountList *accounts)
{
  GListStore *list = g_list_store_new (ACCOUNT_TYPE_IDENTITY);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);
      AccountIdentityValue value = {
        .name = g_strdup (account_get_person_name (account)),
        .address = g_strdup (account_get_email (account)),
        .reply_to = g_strdup (account_get_reply_to (account)),
        .signature = g_strdup (account_get_signature (account)),
      };

      append (list, account, &value);
      for (const char *const *text = account_get_identities (account); *text; text++)
        {
          account_identity_value_parse (&value, *text);
          append (list, account, &value);
        }
    }
  return list;
}

Account *
account_identity_get_account (AccountIdentity *self)
{
  return self->account;
}

const char *
account_identity_get_name (AccountIdentity *self)
{
  return self->value.name;
}

const char *
account_identity_get_address (AccountIdentity *self)
{
  return self->value.address;
}

const char *
account_identity_get_reply_to (AccountIdentity *self)
{
  return self->value.reply_to;
}

const char *
account_identity_get_signature (AccountIdentity *self)
{
  return self->value.signature;
}
