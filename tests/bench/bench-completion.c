/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the beginning of a name takes to become people, with 100,000 known addresses: bench-completion FOLDER [N] */
#include "mail-address.h"
#include "store-completion.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-index.h"
#include "store-messages.h"
#include "store-search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PEOPLE_A_MESSAGE 20

static void
take_apart (GBytes *source, const MailSummary *summary, StoreIndexText *text)
{
  text->subject = g_strdup ("");
  text->from = mail_address_list_to_string (summary->from);
  text->to = mail_address_list_to_string (summary->to);
  text->body = g_strdup ("");
  text->attachments = g_strdup ("");
}

static void
append_name (GString *out, GRand *rand)
{
  static const char *const syllables[] = { "an", "be", "car", "do", "el", "fa", "gi", "ho", "il", "jo", "ka", "lu", "ma", "ni", "or", "pe", "qua",
                                           "ri", "sa", "to", "ul", "vi", "wan", "xe", "ya", "zo" };

  for (int n = g_rand_int_range (rand, 2, 4); n > 0; n--)
    g_string_append (out, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
}

static void
fill (StoreDatabase *database, int n_people)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gint64 sent;

  store_folders_prepare_account (database, 1, NULL);
  sent = store_folders_find_role (database, 1, MAIL_ROLE_SENT, NULL);
  store_database_begin (database, NULL);
  for (int i = 0; i < n_people; i += PEOPLE_A_MESSAGE)
    {
      g_autoptr (MailSummary) summary = mail_summary_new ();
      g_autofree char *text = g_strdup_printf ("X: %d\r\n\r\n", i);
      g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

      for (int j = 0; j < PEOPLE_A_MESSAGE; j++)
        {
          g_autoptr (GString) given = g_string_new (NULL), family = g_string_new (NULL);
          g_autofree char *name = NULL, *address = NULL;

          append_name (given, rand);
          append_name (family, rand);
          name = g_strdup_printf ("%s %s", given->str, family->str);
          address = g_strdup_printf ("%s.%s%d@%s.example.com", given->str, family->str, i + j, family->str);
          g_ptr_array_add (summary->to, mail_address_new (name, address));
        }
      summary->received = 1600000000 + i * 1000;
      store_messages_add (database, sent, source, summary, NULL);
    }
  store_database_commit (database, NULL);
}

static void
measure (StoreDatabase *database, const char *text)
{
  gint64 best = G_MAXINT64, worst = 0;
  clock_t began = clock ();
  guint n = 0;

  for (int i = 0; i < 20; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) list = store_completion_list (database, text, 10, NULL);
      gint64 took = g_get_monotonic_time () - start;

      n = list->len;
      best = MIN (best, took);
      worst = MAX (worst, took);
    }
  g_print ("%-16s %2u found, %.2f to %.2f ms, processor %.2f ms\n", text, n, best / 1000.0, worst / 1000.0,
           (double) (clock () - began) * 1000 / CLOCKS_PER_SEC / 20);
}

int
main (int argc, char *argv[])
{
  static const char *const texts[] = { "a", "an", "zo", "anbe", "an be", "a z", "c", "ex", "nobody" };
  g_autofree char *path = argc > 1 ? g_build_filename (argv[1], "mail.sqlite", NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = path ? store_new (path, &error) : NULL;
  g_autoptr (StoreDatabase) database = store ? store_open (store, &error) : NULL;
  g_autoptr (StoreIndex) index = NULL;
  g_autoptr (StoreDatabase) search = NULL;
  gboolean is_more = TRUE;
  gint64 start;

  if (!database)
    {
      g_printerr ("bench-completion FOLDER [N]: %s\n", error ? error->message : "a folder that is empty");
      return 1;
    }
  fill (database, argc > 2 ? atoi (argv[2]) : 100000);
  index = store_index_open (store, &error);
  start = g_get_monotonic_time ();
  while (is_more && store_index_advance (index, take_apart, NULL, &is_more, NULL, &error))
    continue;
  g_print ("collected in %.2f s\n", (g_get_monotonic_time () - start) / 1e6);
  search = store_search_open (store, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    measure (search, texts[i]);
  return 0;
}
