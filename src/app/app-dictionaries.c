/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks Enchant for its dictionaries. It comes with WebKitGTK, and like that is not linked but loaded by who wants to know. */
#include "app-dictionaries.h"

#include <gmodule.h>
#include <string.h>

#define ENCHANT "libenchant-2.so.2"

/* Enchant 2's interface, as far as it is used here */
typedef struct _EnchantBroker EnchantBroker;
typedef void (*DescribeFunc) (const char *language, const char *provider, const char *description, const char *file, void *data);

typedef struct
{
  EnchantBroker *(*init) (void);
  void (*free) (EnchantBroker *broker);
  void (*list) (EnchantBroker *broker, DescribeFunc describe, void *data);
} Enchant;

/* Language, perhaps script or country: "en", "de_AT", "sr_Latn_RS"; Aspell has others beside ("en-w_accents"), which are none */
static gboolean
is_language (const char *tag)
{
  gsize n = strspn (tag, "abcdefghijklmnopqrstuvwxyz");

  return n >= 2 && n <= 3 && strlen (tag) < 16 && (tag[n] == '\0' || tag[n] == '_') && !strpbrk (tag, "-.@ ");
}

static void
on_described (const char *language, const char *provider, const char *description, const char *file, void *data)
{
  if (is_language (language))
    g_hash_table_add (data, g_strdup (language));
}

static gboolean
load (Enchant *enchant)
{
  GModule *module = g_module_open (ENCHANT, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (!module)
    return FALSE;
  if (!g_module_symbol (module, "enchant_broker_init", (gpointer *) &enchant->init)
      || !g_module_symbol (module, "enchant_broker_free", (gpointer *) &enchant->free)
      || !g_module_symbol (module, "enchant_broker_list_dicts", (gpointer *) &enchant->list))
    {
      g_module_close (module);
      return FALSE;
    }
  g_module_make_resident (module); /* WebKit may have it, too, and its providers do not like to go */
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
app_dictionaries_list (void)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer language;
  Enchant enchant;

  if (load (&enchant))
    {
      EnchantBroker *broker = enchant.init ();

      enchant.list (broker, on_described, found);
      enchant.free (broker);
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &language, NULL))
    {
      g_ptr_array_add (list, language);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (list, compare);
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}
