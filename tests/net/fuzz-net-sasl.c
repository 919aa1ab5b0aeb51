/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server's side of every login: the first byte chooses the mechanism, lines of the rest are challenges; whatever comes, a
 * SCRAM server that has not proved itself is not believed. */
#include "net-sasl.h"
#include "net-scram.h"

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
talk (const char *mechanism, MailSecretKind kind, char **challenges)
{
  g_autoptr (MailLogin) login = mail_login_new ("h.example", 143, MAIL_SECURITY_TLS, "user", kind,
                                                kind == MAIL_SECRET_NONE ? NULL : "pencil");
  g_autoptr (NetSasl) sasl = net_sasl_new (login, (const char *const[]) { mechanism, NULL }, TRUE, NULL, NULL,
                                           kind == MAIL_SECRET_NONE, NULL);
  char *initial = net_sasl_get_initial_response (sasl);

  net_sasl_wipe (initial);
  for (guint i = 0; challenges[i] && i < 6; i++)
    {
      g_autoptr (GError) error = NULL;
      char *answer = net_sasl_respond (sasl, challenges[i], &error);

      g_assert_true ((answer == NULL) == (error != NULL));
      net_sasl_wipe (answer);
      if (!answer)
        net_sasl_get_last_word (sasl);
    }
  if (net_sasl_finish (sasl, challenges[0], NULL))
    g_assert_false (g_str_has_prefix (mechanism, "SCRAM")); /* nobody here knows the nonce */
}

/* Past the base64, with a nonce that the fuzzer can know. */
static void
scram (char **challenges)
{
  g_autoptr (NetScram) one = net_scram_new (NET_SCRAM_SHA_256, "user", "pencil", NET_SCRAM_NO_BINDING, NULL, NULL, "N", NULL);
  g_autofree char *final = NULL;

  if (!challenges[0] || strstr (challenges[0], "i=") == NULL || strlen (strstr (challenges[0], "i=")) > 6)
    return; /* four digits of rounds are slow enough */
  final = net_scram_dup_final (one, challenges[0], strlen (challenges[0]), NULL);
  if (challenges[1])
    net_scram_check (one, challenges[1], strlen (challenges[1]), NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const struct
  {
    const char *name;
    MailSecretKind kind;
  } mechanisms[] = {
    { "SCRAM-SHA-256", MAIL_SECRET_PASSWORD }, { "SCRAM-SHA-1", MAIL_SECRET_PASSWORD }, { "CRAM-MD5", MAIL_SECRET_PASSWORD },
    { "PLAIN", MAIL_SECRET_PASSWORD }, { "LOGIN", MAIL_SECRET_PASSWORD }, { "OAUTHBEARER", MAIL_SECRET_OAUTH_TOKEN },
    { "XOAUTH2", MAIL_SECRET_OAUTH_TOKEN }, { "EXTERNAL", MAIL_SECRET_NONE },
  };
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  g_auto (GStrv) challenges = text ? g_strsplit (text, "\n", 8) : NULL;
  guint choice = size > 0 ? data[0] % (G_N_ELEMENTS (mechanisms) + 1) : 0;

  if (!challenges)
    return 0;
  if (choice == G_N_ELEMENTS (mechanisms))
    scram (challenges);
  else
    talk (mechanisms[choice].name, mechanisms[choice].kind, challenges);
  return 0;
}
