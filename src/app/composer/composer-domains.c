/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the resolver about recipients' domains, each once. */
#include "composer-domains.h"

#include "mail-address.h"

#include <string.h>

#define QUIET_MS 1000     /* after the last letter */
#define DEADLINE_MS 5000
#define MAX_DOMAINS 50    /* of one message: nobody types more, and a list that is pasted need not be asked for whole */

typedef enum
{
  DOMAIN_ASKED = 1,
  DOMAIN_FINE,
  DOMAIN_UNKNOWN,
} DomainState;

struct _ComposerDomains
{
  GObject parent_instance;
  ModelDraft *draft;
  GResolver *resolver;
  GNetworkMonitor *monitor;   /* (nullable) */
  GHashTable *states;         /* domain as A-labels → DomainState */
  guint quiet_source;
};

enum
{
  SIGNAL_UNKNOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerDomains, composer_domains, G_TYPE_OBJECT)

/* One question */
typedef struct
{
  ComposerDomains *domains;
  char *domain;
  GCancellable *cancellable;
  guint deadline_source;
} Question;

static void
question_free (Question *self)
{
  g_clear_handle_id (&self->deadline_source, g_source_remove);
  g_object_unref (self->domains);
  g_object_unref (self->cancellable);
  g_free (self->domain);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
on_deadline (gpointer data)
{
  Question *question = data;

  question->deadline_source = 0;
  g_cancellable_cancel (question->cancellable);
  return G_SOURCE_REMOVE;
}

static void
note (Question *question, DomainState state)
{
  ComposerDomains *self = question->domains;

  g_hash_table_replace (self->states, g_strdup (question->domain), GUINT_TO_POINTER (state));
  if (state == DOMAIN_UNKNOWN && self->draft)
    g_signal_emit (self, signals[SIGNAL_UNKNOWN], 0, question->domain);
}

static void
on_addresses (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  g_resolver_free_addresses (addresses);
  note (question, g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) ? DOMAIN_UNKNOWN : DOMAIN_FINE);
}

static gboolean
takes_no_mail (GList *records)
{
  const char *host = NULL;

  if (!records || records->next)
    return FALSE;
  g_variant_get_child (records->data, 1, "&s", &host);
  return *host == '\0' || g_str_equal (host, ".");
}

static void
on_records (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);
  gboolean has_none = takes_no_mail (records);

  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) && question->domains->draft)
    {
      Question *next = g_steal_pointer (&question);

      g_resolver_lookup_by_name_async (G_RESOLVER (source), next->domain, next->cancellable, on_addresses, next);
      return;
    }
  note (question, has_none ? DOMAIN_UNKNOWN : DOMAIN_FINE);
}

static void
ask (ComposerDomains *self, const char *domain)
{
  Question *question = g_new0 (Question, 1);

  g_hash_table_replace (self->states, g_strdup (domain), GUINT_TO_POINTER (DOMAIN_ASKED));
  question->domains = g_object_ref (self);
  question->domain = g_strdup (domain);
  question->cancellable = g_cancellable_new ();
  question->deadline_source = g_timeout_add (DEADLINE_MS, on_deadline, question);
  g_resolver_lookup_records_async (self->resolver, domain, G_RESOLVER_RECORD_MX, question->cancellable, on_records, question);
}

static gboolean
is_private (const char *domain)
{
  static const char *const tops[] = { ".arpa", ".example", ".home", ".internal", ".invalid", ".lan", ".local", ".localhost", ".onion", ".test" };

  for (gsize i = 0; i < G_N_ELEMENTS (tops); i++)
    if (g_str_has_suffix (domain, tops[i]))
      return TRUE;
  return FALSE;
}

/* (transfer full): those of all recipients, each once; not of what is half typed or no name ("[192.0.2.1]") */
static GPtrArray *
list_domains (ComposerDomains *self)
{
  GPtrArray *domains = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *to = NULL;
  g_autofree char *cc = NULL;
  g_autofree char *bcc = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GPtrArray) list = NULL;

  g_object_get (self->draft, "to", &to, "cc", &cc, "bcc", &bcc, NULL);
  all = g_strjoin (", ", to, cc, bcc, NULL);
  list = mail_address_list_parse (all);
  for (guint i = 0; i < list->len && domains->len < MAX_DOMAINS; i++)
    {
      const char *address = ((const MailAddress *) g_ptr_array_index (list, i))->address;
      const char *at = strrchr (address, '@');
      g_autofree char *ascii = at && mail_address_is_valid (address) && at[1] != '[' ? g_hostname_to_ascii (at + 1) : NULL;

      if (ascii && strchr (ascii, '.') && !is_private (ascii) && !g_ptr_array_find_with_equal_func (domains, ascii, g_str_equal, NULL))
        g_ptr_array_add (domains, g_steal_pointer (&ascii));
    }
  return domains;
}

static gboolean
on_quiet (gpointer data)
{
  ComposerDomains *self = data;
  g_autoptr (GPtrArray) domains = list_domains (self);

  self->quiet_source = 0;
  for (guint i = 0; i < domains->len; i++)
    if (!g_hash_table_contains (self->states, g_ptr_array_index (domains, i)) && g_hash_table_size (self->states) < MAX_DOMAINS
        && (!self->monitor || g_network_monitor_get_network_available (self->monitor)))
      ask (self, g_ptr_array_index (domains, i));
  return G_SOURCE_REMOVE;
}

static void
on_recipients_changed (ComposerDomains *self)
{
  g_clear_handle_id (&self->quiet_source, g_source_remove);
  self->quiet_source = g_timeout_add (QUIET_MS, on_quiet, self);
}

static void
composer_domains_dispose (GObject *object)
{
  ComposerDomains *self = COMPOSER_DOMAINS (object);

  g_clear_handle_id (&self->quiet_source, g_source_remove);
  g_clear_object (&self->draft);
  g_clear_object (&self->resolver);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (composer_domains_parent_class)->dispose (object);
}

static void
composer_domains_finalize (GObject *object)
{
  g_hash_table_unref (COMPOSER_DOMAINS (object)->states);
  G_OBJECT_CLASS (composer_domains_parent_class)->finalize (object);
}

static void
composer_domains_class_init (ComposerDomainsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = composer_domains_dispose;
  G_OBJECT_CLASS (klass)->finalize = composer_domains_finalize;

  signals[SIGNAL_UNKNOWN] = g_signal_new ("unknown", COMPOSER_TYPE_DOMAINS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
composer_domains_init (ComposerDomains *self)
{
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ComposerDomains *
composer_domains_new (ModelDraft *draft, GResolver *resolver, GNetworkMonitor *monitor)
{
  static const char *const names[] = { "notify::to", "notify::cc", "notify::bcc" };
  ComposerDomains *self = g_object_new (COMPOSER_TYPE_DOMAINS, NULL);

  self->draft = g_object_ref (draft);
  self->resolver = g_object_ref (resolver);
  self->monitor = monitor ? g_object_ref (monitor) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (draft, names[i], G_CALLBACK (on_recipients_changed), self, G_CONNECT_SWAPPED);
  return self;
}

char *
composer_domains_find_unknown (ComposerDomains *self)
{
  g_autoptr (GPtrArray) domains = list_domains (self);

  for (guint i = 0; i < domains->len; i++)
    if (GPOINTER_TO_UINT (g_hash_table_lookup (self->states, g_ptr_array_index (domains, i))) == DOMAIN_UNKNOWN)
      return g_hostname_to_unicode (g_ptr_array_index (domains, i));
  return NULL;
}
