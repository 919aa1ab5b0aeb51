/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks, while one writes, whether there is a mail server behind each recipient's domain. */
#pragma once

#include <gio/gio.h>

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_DOMAINS (composer_domains_get_type ())
G_DECLARE_FINAL_TYPE (ComposerDomains, composer_domains, COMPOSER, DOMAINS, GObject)

/**
 * composer_domains_new:
 * @resolver: who is asked
 * @monitor: (nullable): without network nothing is asked; %NULL: there is one
 *
 * A second after a recipient changed, each new domain is looked up, for at most five seconds: MX, then addresses (RFC 5321 §5.1).
 * Names that are nobody's in the world's DNS ("….local", "….test": RFC 6761, 6762) are not asked for. What does not answer, or only for now, is not held against anybody. Main thread.
 *
 * Signal "unknown" (string): there is no mail server for that domain, or it says that it takes no mail (RFC 7505).
 */
ComposerDomains *composer_domains_new (ModelDraft *draft, GResolver *resolver, GNetworkMonitor *monitor);

/* composer_domains_find_unknown: (transfer full) (nullable): the first such domain among those who are written to now */
char *composer_domains_find_unknown (ComposerDomains *self);

G_END_DECLS
