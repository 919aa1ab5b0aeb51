/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may have been forgotten, and what the person has said to it. */
#include "composer-guard.h"

#include "composer-domains.h"
#include "composer-warnings.h"

struct _ComposerGuard
{
  GObject parent_instance;
  ModelDraft *draft;
  ComposerDomains *domains;
  ModelWarnings passed;      /* what was warned of and is to be sent all the same */
  ModelWarnings found;
};

enum
{
  SIGNAL_UNKNOWN,
  SIGNAL_RECIPIENTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerGuard, composer_guard, G_TYPE_OBJECT)

static void
on_unknown (ComposerGuard *self)
{
  g_autofree char *unknown = composer_domains_find_unknown (self->domains);
  g_autofree char *sentence = unknown ? composer_warnings_describe (self->draft, MODEL_WARNING_DOMAIN, unknown) : NULL;

  if (sentence)
    g_signal_emit (self, signals[SIGNAL_UNKNOWN], 0, sentence);
}

/* Who is written to now may be right. */
static void
on_recipients_changed (ComposerGuard *self)
{
  self->passed &= ~MODEL_WARNING_DOMAIN;
  g_signal_emit (self, signals[SIGNAL_RECIPIENTS_CHANGED], 0);
}

static void
composer_guard_finalize (GObject *object)
{
  ComposerGuard *self = COMPOSER_GUARD (object);

  g_object_unref (self->domains);
  g_object_unref (self->draft);
  G_OBJECT_CLASS (composer_guard_parent_class)->finalize (object);
}

static void
composer_guard_class_init (ComposerGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = composer_guard_finalize;
  signals[SIGNAL_UNKNOWN] = g_signal_new ("unknown", COMPOSER_TYPE_GUARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_RECIPIENTS_CHANGED] = g_signal_new ("recipients-changed", COMPOSER_TYPE_GUARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                     G_TYPE_NONE, 0);
}

static void
composer_guard_init (ComposerGuard *self)
{
}

ComposerGuard *
composer_guard_new (ModelDraft *draft)
{
  ComposerGuard *self = g_object_new (COMPOSER_TYPE_GUARD, NULL);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  static const char *const names[] = { "notify::to", "notify::cc", "notify::bcc" };

  self->draft = g_object_ref (draft);
  self->domains = composer_domains_new (draft, resolver, g_network_monitor_get_default ());
  g_signal_connect_object (self->domains, "unknown", G_CALLBACK (on_unknown), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (draft, names[i], G_CALLBACK (on_recipients_changed), self, G_CONNECT_SWAPPED);
  return self;
}

char *
composer_guard_find (ComposerGuard *self, gboolean *has_many)
{
  g_autofree char *unknown = composer_domains_find_unknown (self->domains);
  ModelWarnings fresh;

  self->found = composer_warnings_find (self->draft) | (unknown ? MODEL_WARNING_DOMAIN : 0);
  fresh = self->found & ~self->passed;
  *has_many = (fresh & MODEL_WARNING_RECIPIENTS) != 0;
  return fresh ? composer_warnings_describe (self->draft, fresh, unknown) : NULL;
}

void
composer_guard_let_pass (ComposerGuard *self)
{
  self->passed |= self->found;
}
