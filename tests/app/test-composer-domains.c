/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which domains are said to be unknown, by a resolver that answers by heart. */
#include "composer-domains.h"
#include "screen-test.h"

#include <string.h>

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

struct _FakeResolver
{
  GResolver parent_instance;
  guint n_questions;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
on_records (GResolver *resolver, const char *name, GResolverRecordType type, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  FAKE_RESOLVER (resolver)->n_questions++;
  g_assert_cmpint (type, ==, G_RESOLVER_RECORD_MX);
  if (g_str_equal (name, "slow.example.org"))
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "later");
  else if (g_str_equal (name, "nothing.example.org") || g_str_equal (name, "address.example.org"))
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
  else
    g_task_return_pointer (task, g_list_append (NULL, g_variant_ref_sink (g_variant_new ("(qs)", 0, g_str_equal (name, "null.example.org") ? "." : "mx.example.org"))), NULL);
}

static GList *
on_records_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_name (GResolver *resolver, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  if (g_str_equal (name, "address.example.org"))
    g_task_return_pointer (task, g_list_append (NULL, g_inet_address_new_from_string ("192.0.2.1")), NULL);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_records_async = on_records;
  resolver_class->lookup_records_finish = on_records_finish;
  resolver_class->lookup_by_name_async = on_name;
  resolver_class->lookup_by_name_finish = on_records_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
}

static gboolean
has_asked (gpointer data)
{
  return ((FakeResolver *) data)->n_questions > 0;
}

/* @unknown: (nullable) */
static void
check (const char *to, const char *unknown)
{
  Screen screen;
  g_autoptr (FakeResolver) resolver = g_object_new (FAKE_TYPE_RESOLVER, NULL);
  g_autoptr (ModelDraft) draft = NULL;
  g_autoptr (ComposerDomains) domains = NULL;
  g_autofree char *found = NULL;

  screen_set_up (&screen, NULL);
  draft = model_draft_new (screen.store, screen.accounts, NULL);
  domains = composer_domains_new (draft, G_RESOLVER (resolver), NULL);
  g_object_set (draft, "to", to, NULL);
  screen_wait (has_asked, resolver);
  screen_settle ();
  found = composer_domains_find_unknown (domains);
  g_assert_cmpstr (found, ==, unknown);
  g_assert_cmpuint (resolver->n_questions, ==, 1);
  g_clear_object (&domains);
  g_clear_object (&draft);
  screen_settle ();
  screen_tear_down (&screen, NULL);
}

static void
test_nothing (void)
{
  check ("ana@nothing.example.org, tom@NOTHING.example.org", "nothing.example.org");
}

static void
test_null_mx (void)
{
  check ("ana@null.example.org", "null.example.org");
}

static void
test_address_alone (void)
{
  check ("ana@address.example.org", NULL);
}

static void
test_no_answer (void)
{
  check ("ana@slow.example.org", NULL);
}

static void
test_private (void)
{
  check ("ana@nas.local, tom@fine.example.org", NULL); /* one question */
}

static void
test_fine (void)
{
  check ("ana@fine.example.org, half@", NULL);
}

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  g_test_add_func ("/app/composer-domains/no-such-name/is-unknown", test_nothing);
  g_test_add_func ("/app/composer-domains/takes-no-mail/is-unknown", test_null_mx);
  g_test_add_func ("/app/composer-domains/address-without-mx/is-fine", test_address_alone);
  g_test_add_func ("/app/composer-domains/no-answer/is-fine", test_no_answer);
  g_test_add_func ("/app/composer-domains/mail-server/is-fine", test_fine);
  g_test_add_func ("/app/composer-domains/private-name/is-not-asked-for", test_private);
  return g_test_run ();
}
