/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of contacts: what is written of them and read again is the same, in both versions. */
#include "mail-address.h"
#include "mail-card.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *
write_all (const GPtrArray *cards, guint version)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < cards->len; i++)
    mail_card_write (g_ptr_array_index (cards, i), out, version);
  g_assert_true (g_utf8_validate (out->str, out->len, NULL));
  return g_string_free (out, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) cards = mail_card_parse_list ((const char *) data, size);

  for (guint version = 3; version <= 4; version++)
    {
      g_autofree char *once = write_all (cards, version);
      g_autoptr (GPtrArray) again = mail_card_parse_list (once, strlen (once));
      g_autofree char *twice = write_all (again, version);

      g_assert_cmpuint (again->len, ==, cards->len);
      g_assert_cmpstr (once, ==, twice);
    }
  for (guint i = 0; i < cards->len; i++)
    {
      MailCard *card = g_ptr_array_index (cards, i);
      g_autofree char *name G_GNUC_UNUSED = mail_card_dup_name (card);
      g_auto (GStrv) emails = mail_card_dup_emails (card);
      const char *type;
      g_autoptr (GBytes) photo = mail_card_dup_photo (card, &type);
      g_auto (GStrv) groups = mail_card_dup_groups (card);
      g_auto (GStrv) members G_GNUC_UNUSED = mail_card_dup_members (card);
      g_auto (GStrv) parts G_GNUC_UNUSED = mail_card_dup_components (card, "N", 5);

      g_assert_true ((photo != NULL) == (type != NULL));
      for (guint j = 0; emails[j]; j++)
        g_assert_true (mail_address_is_valid (emails[j]));
      mail_card_set_texts (card, "EMAIL", (const char *const *) emails);
      mail_card_set_groups (card, (const char *const *) groups);
      mail_card_is_group (card);
    }
  return 0;
}
