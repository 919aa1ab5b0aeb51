/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modified UTF-7: RFC 3501's own examples, round trips, and what servers send instead. */
#include "imap-mailbox-name.h"

static const struct
{
  const char *name, *wire;
} pairs[] = {
  { "INBOX", "INBOX" },
  { "~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
  { "R&D", "R&-D" },
  { "Gelöschte Objekte", "Gel&APY-schte Objekte" },
  { "Entwürfe", "Entw&APw-rfe" },
  { "😀", "&2D3eAA-" },
  { "", "" },
};

static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *wire = imap_mailbox_name_encode (pairs[i].name);
      g_autofree char *name = imap_mailbox_name_decode (pairs[i].wire);

      g_assert_cmpstr (wire, ==, pairs[i].wire);
      g_assert_cmpstr (name, ==, pairs[i].name);
    }
}

static void
test_nonsense_is_kept (void)
{
  static const char *const wires[] = { "&", "&A", "A&APY", "&APY", "&2D0-", "&3gA-", "&AAA-", "&AP*-", "Gel\xc3\xb6scht" };

  for (gsize i = 0; i < G_N_ELEMENTS (wires); i++)
    {
      g_autofree char *name = imap_mailbox_name_decode (wires[i]);

      g_assert_cmpstr (name, ==, wires[i]);
    }
}

static void
test_random_round_trips (void)
{
  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        {
          gunichar c = g_test_rand_bit () ? g_test_rand_int_range (0x20, 0x7f) : g_test_rand_int_range (0xa0, 0x10ffff);

          if (g_unichar_validate (c))
            g_string_append_unichar (name, c);
        }
      {
        g_autofree char *wire = imap_mailbox_name_encode (name->str);
        g_autofree char *back = imap_mailbox_name_decode (wire);

        g_assert_cmpstr (back, ==, name->str);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/mailbox-name/known-pairs", test_pairs);
  g_test_add_func ("/imap/mailbox-name/nonsense-is-kept-as-it-is", test_nonsense_is_kept);
  g_test_add_func ("/imap/mailbox-name/random-names-come-back", test_random_round_trips);
  return g_test_run ();
}
