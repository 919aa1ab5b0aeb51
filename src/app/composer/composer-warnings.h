/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may have forgotten in the message that is about to go, in words. */
#pragma once

#include "model-draft-warnings.h"
#include "model-draft.h"

G_BEGIN_DECLS

ModelWarnings composer_warnings_find (ModelDraft *draft);

/* composer_warnings_describe: (transfer full): a sentence for each; @warnings: at least one; @domain: (nullable): the one that is unknown */
char *composer_warnings_describe (ModelDraft *draft, ModelWarnings warnings, const char *domain);

/* composer_warnings_is_over_limit: larger than its server takes, as far as one knows both */
gboolean composer_warnings_is_over_limit (ModelDraft *draft);

/* composer_warnings_hide_recipients: all of them into Bcc */
void composer_warnings_hide_recipients (ModelDraft *draft);

G_END_DECLS
