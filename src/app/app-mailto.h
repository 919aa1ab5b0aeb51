/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mailto: links (RFC 6068) as what a composer starts from. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *to;        /* addresses, ", " between; never NULL, like all of these */
  char *cc;
  char *bcc;
  char *subject;   /* one line */
  char *body;      /* '\n' */
  char *in_reply_to; /* a msg-id without brackets */
} AppMailto;

/* app_mailto_parse: (transfer full) (nullable): %NULL when it is no mailto: link. Header fields that a link has no business with
 * (attachments, From, …) are passed over (RFC 6068 §7). */
AppMailto *app_mailto_parse (const char *uri);
void app_mailto_free (AppMailto *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppMailto, app_mailto_free)

G_END_DECLS
