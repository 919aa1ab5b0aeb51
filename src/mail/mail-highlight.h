/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a text is what a query looked for. */
#pragma once

#include "mail-query.h"

G_BEGIN_DECLS

#define MAIL_HIGHLIGHT_MAX_BYTES (256 * 1024) /* of a text that are looked at */
#define MAIL_HIGHLIGHT_MAX_RANGES 2000

typedef struct
{
  guint start, end; /* bytes of the text */
} MailRange;

/* Immutable, any thread. */
typedef struct _MailHighlight MailHighlight;

#define MAIL_TYPE_HIGHLIGHT (mail_highlight_get_type ())
GType mail_highlight_get_type (void);

/* mail_highlight_new: (transfer full) (nullable): %NULL when @query wants no words */
MailHighlight *mail_highlight_new (const MailQuery *query);
MailHighlight *mail_highlight_ref (MailHighlight *self);
void mail_highlight_unref (MailHighlight *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailHighlight, mail_highlight_unref)

/**
 * mail_highlight_find:
 * @fields: of what the text is: words that were wanted in one of them, or anywhere, count; as bits, 1 << %MAIL_FIELD_SUBJECT …
 *
 * Returns: (transfer full): of MailRange, in order, none inside another; a phrase is one
 */
GArray *mail_highlight_find (const MailHighlight *self, const char *text, guint fields);

G_END_DECLS
