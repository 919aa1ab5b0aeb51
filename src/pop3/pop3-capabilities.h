/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server says it can do (CAPA, RFC 2449): sans-IO. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean is_known;         /* the server answered CAPA: what it left out it does not have */
  gboolean has_top;
  gboolean has_uidl;
  gboolean has_user;
  gboolean has_stls;
  gboolean has_pipelining;
  gboolean has_utf8;         /* RFC 6856 */
  gboolean expires_at_once;  /* EXPIRE 0: what was received goes at QUIT, whatever we say */
  guint login_delay;         /* seconds between two logins; 0 when nothing was said */
  GPtrArray *mechanisms;     /* of char *, upper case, ended by NULL; never NULL itself */
} Pop3Capabilities;

Pop3Capabilities *pop3_capabilities_new (void); /* nothing known */
void pop3_capabilities_free (Pop3Capabilities *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pop3Capabilities, pop3_capabilities_free)

/* pop3_capabilities_add_line: one line of the answer; what is not known is passed over */
void pop3_capabilities_add_line (Pop3Capabilities *self, const char *line);

G_END_DECLS
