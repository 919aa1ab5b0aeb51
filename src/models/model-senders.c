/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may send, and who of them a message was written to. */
#include "model-senders.h"

static void
sender_clear (gpointer data)
{
  mail_address_free (((ModelSender *) data)->address);
}

GArray *
model_senders_list (AccountList *accounts)
{
  g_autoptr (GListStore) identities = account_identity_list (accounts);
  GArray *senders = g_array_new (FALSE, TRUE, sizeof (ModelSender));

  g_array_set_clear_func (senders, sender_clear);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (identities)); i++)
    {
      g_autoptr (AccountIdentity) identity = g_list_model_get_item (G_LIST_MODEL (identities), i);
      ModelSender sender = { account_get_id (account_identity_get_account (identity)),
                             mail_address_new (account_identity_get_name (identity), account_identity_get_address (identity)) };

      g_array_append_val (senders, sender);
    }
  return senders;
}

const ModelSender *
model_senders_find (const GArray *senders, const char *address)
{
  for (guint i = 0; i < senders->len; i++)
    {
      const ModelSender *sender = &g_array_index (senders, ModelSender, i);

      if (mail_address_equal (sender->address->address, address))
        return sender;
    }
  return NULL;
}

static const ModelSender *
find_addressed (const GArray *senders, const GPtrArray *list)
{
  const ModelSender *found = NULL;

  for (guint i = 0; i < list->len && !found; i++)
    found = model_senders_find (senders, ((const MailAddress *) g_ptr_array_index (list, i))->address);
  return found;
}

const ModelSender *
model_senders_choose (const GArray *senders, MimeMessage *message, gint64 account)
{
  const ModelSender *sender = find_addressed (senders, mime_message_get_to (message));

  if (!sender)
    sender = find_addressed (senders, mime_message_get_cc (message));
  for (guint i = 0; !sender && i < senders->len; i++)
    if (g_array_index (senders, ModelSender, i).account == account)
      sender = &g_array_index (senders, ModelSender, i);
  return sender || senders->len == 0 ? sender : &g_array_index (senders, ModelSender, 0);
}
