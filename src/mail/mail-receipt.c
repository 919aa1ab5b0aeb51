/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks to be told that a mail was read, and whether that is who sent it. */
#include "mail-receipt.h"

void
mail_receipt_free (MailReceipt *self)
{
  mail_address_free (self->to);
  g_free (self->return_path);
  g_free (self);
}

MailReceipt *
mail_receipt_new (const GPtrArray *wanted, const GPtrArray *from, const char *return_path)
{
  const MailAddress *to = wanted->len == 1 ? g_ptr_array_index (wanted, 0) : NULL;
  MailReceipt *self;

  if (!to || !mail_address_is_valid (to->address) || (return_path && !*return_path))
    return NULL;
  self = g_new0 (MailReceipt, 1);
  self->to = mail_address_new (to->name, to->address);
  self->is_elsewhere = TRUE;
  for (guint i = 0; i < from->len && self->is_elsewhere; i++)
    self->is_elsewhere = !mail_address_equal (((const MailAddress *) g_ptr_array_index (from, i))->address, to->address);
  if (return_path && !mail_address_equal (return_path, to->address))
    self->return_path = g_strdup (return_path);
  return self;
}
