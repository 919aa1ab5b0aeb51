/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From whom pictures are always loaded. */
#include "reader-senders.h"

#include "mail-address.h"

#define GROUP "pictures-from"

static char *
dup_key (ModelBody *body)
{
  GPtrArray *from = model_body_get_from (body);
  const MailAddress *sender = from->len == 1 ? from->pdata[0] : NULL;
  g_autofree char *address = sender && sender->address[0] ? g_utf8_casefold (sender->address, -1) : NULL;

  return address ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1) : NULL;
}

gboolean
reader_senders_may_load (AppState *state, ModelBody *body)
{
  g_autofree char *key = model_body_is_junk (body) ? NULL : dup_key (body); /* whose name it bears did not write it */

  return key && app_state_get_int (state, GROUP, key, 0) == 1;
}

void
reader_senders_allow (AppState *state, ModelBody *body)
{
  g_autofree char *key = model_body_is_junk (body) ? NULL : dup_key (body);

  if (!key)
    return;
  app_state_set_int (state, GROUP, key, 1);
  app_state_save (state);
}

guint
reader_senders_count (AppState *state)
{
  return app_state_count (state, GROUP);
}

void
reader_senders_forget_all (AppState *state)
{
  app_state_clear (state, GROUP);
  app_state_save (state);
}
