/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice of a mechanism and the plain ones; SCRAM is in net-scram.c. */
#include "net-sasl.h"

#include "base-error.h"
#include "net-scram.h"

#include <gio/gio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define MAX_CHALLENGE 16384 /* of base64 */

typedef struct
{
  const char *name;
  MailSecretKind kind;
  gboolean is_readable;    /* shows the secret to whoever listens */
  gboolean needs_binding;
  gboolean is_server_first;
  NetScramHash hash;
  GString *(*step) (NetSasl *self, const char *challenge, gsize length, GError **error);
  const char *last_word;
} Mechanism;

struct _NetSasl
{
  GObject parent_instance;

  MailLogin *login;
  const Mechanism *mechanism;
  NetScram *scram;
  guint n_sent;       /* answers that were given */
  gboolean is_done;   /* nothing more is owed: the server may say yes */
  gboolean is_broken; /* an error was given: only the last word may follow */
};

G_DEFINE_FINAL_TYPE (NetSasl, net_sasl, G_TYPE_OBJECT)

static void
set_unexpected (NetSasl *self, GError **error)
{
  g_set_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL, "The server asks for more than %s has to say.", self->mechanism->name);
}

/* Sized so that it never moves: a moved one would leave a copy of the secret behind. */
static GString *
new_answer (NetSasl *self)
{
  return g_string_sized_new (3 * strlen (mail_login_get_user (self->login)) + strlen (mail_login_get_secret (self->login))
                             + 2 * strlen (mail_login_get_host (self->login)) + 256);
}

/* --- mechanisms; step n_sent of each --- */

/* RFC 5802 §7 */
static GString *
step_scram (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  g_autofree char *final = NULL;

  switch (self->n_sent)
    {
    case 0:
      return g_string_new (net_scram_get_first (self->scram));
    case 1:
      final = net_scram_dup_final (self->scram, challenge, length, error);
      return final ? g_string_new (final) : NULL;
    case 2:
      self->is_done = net_scram_check (self->scram, challenge, length, error);
      return self->is_done ? g_string_new (NULL) : NULL;
    default:
      set_unexpected (self, error);
      return NULL;
    }
}

/* RFC 2195 */
static GString *
step_cram_md5 (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  const char *secret = mail_login_get_secret (self->login);
  guint8 digest[16];
  GString *answer;

  if (self->n_sent > 0)
    {
      set_unexpected (self, error);
      return NULL;
    }
  if (length == 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_PROTOCOL, "The server's CRAM-MD5 challenge is empty.");
      return NULL;
    }
  if (gnutls_hmac_fast (GNUTLS_MAC_MD5, secret, strlen (secret), challenge, length, digest) < 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED, "This computer's policy does not allow CRAM-MD5.");
      return NULL;
    }
  answer = new_answer (self);
  g_string_append_printf (answer, "%s ", mail_login_get_user (self->login));
  for (gsize i = 0; i < sizeof digest; i++)
    g_string_append_printf (answer, "%02x", digest[i]);
  self->is_done = TRUE;
  return answer;
}

/* RFC 4616 */
static GString *
step_plain (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  GString *answer;

  if (self->n_sent > 0)
    {
      set_unexpected (self, error);
      return NULL;
    }
  answer = new_answer (self);
  g_string_append_c (answer, '\0');
  g_string_append (answer, mail_login_get_user (self->login));
  g_string_append_c (answer, '\0');
  g_string_append (answer, mail_login_get_secret (self->login));
  self->is_done = TRUE;
  return answer;
}

/* draft-murchison-sasl-login: two prompts, whose words differ from server to server and are not looked at */
static GString *
step_login (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  GString *answer;

  if (self->n_sent > 1)
    {
      set_unexpected (self, error);
      return NULL;
    }
  answer = new_answer (self);
  g_string_append (answer, self->n_sent == 0 ? mail_login_get_user (self->login) : mail_login_get_secret (self->login));
  self->is_done = self->n_sent == 1;
  return answer;
}

/* A challenge after the token is the server's error document (JSON). */
static void
set_token_refused (const char *challenge, gsize length, GError **error)
{
  g_autofree char *reply = g_utf8_make_valid (challenge, MIN (length, 1000));

  g_set_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD, "The server refused the access token: %s", reply);
  if (error)
    base_error_set_reply (*error, reply);
}

/* RFC 7628 §3.1 */
static GString *
step_oauthbearer (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  GString *answer;

  if (self->n_sent > 0)
    {
      set_token_refused (challenge, length, error);
      return NULL;
    }
  answer = new_answer (self);
  g_string_append (answer, "n,a=");
  for (const char *p = mail_login_get_user (self->login); *p; p++)
    if (*p == '=' || *p == ',')
      g_string_append (answer, *p == '=' ? "=3D" : "=2C");
    else
      g_string_append_c (answer, *p);
  g_string_append_printf (answer, ",\001host=%s\001port=%u\001auth=Bearer ", mail_login_get_host (self->login),
                          mail_login_get_port (self->login));
  g_string_append (answer, mail_login_get_secret (self->login));
  g_string_append (answer, "\001\001");
  self->is_done = TRUE;
  return answer;
}

/* Google's and Microsoft's older form of the same */
static GString *
step_xoauth2 (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  GString *answer;

  if (self->n_sent > 0)
    {
      set_token_refused (challenge, length, error);
      return NULL;
    }
  answer = new_answer (self);
  g_string_append_printf (answer, "user=%s\001auth=Bearer ", mail_login_get_user (self->login));
  g_string_append (answer, mail_login_get_secret (self->login));
  g_string_append (answer, "\001\001");
  self->is_done = TRUE;
  return answer;
}

/* RFC 4422 appendix A: who we are the server knows from the certificate */
static GString *
step_external (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  if (self->n_sent > 0)
    {
      set_unexpected (self, error);
      return NULL;
    }
  self->is_done = TRUE;
  return g_string_new (NULL);
}

/* Strongest first. */
static const Mechanism mechanisms[] = {
  { "EXTERNAL", MAIL_SECRET_NONE, .step = step_external, .last_word = "*" },
  { "SCRAM-SHA-256-PLUS", MAIL_SECRET_PASSWORD, .needs_binding = TRUE, .hash = NET_SCRAM_SHA_256, .step = step_scram, .last_word = "*" },
  { "SCRAM-SHA-256", MAIL_SECRET_PASSWORD, .hash = NET_SCRAM_SHA_256, .step = step_scram, .last_word = "*" },
  { "SCRAM-SHA-1-PLUS", MAIL_SECRET_PASSWORD, .needs_binding = TRUE, .hash = NET_SCRAM_SHA_1, .step = step_scram, .last_word = "*" },
  { "SCRAM-SHA-1", MAIL_SECRET_PASSWORD, .hash = NET_SCRAM_SHA_1, .step = step_scram, .last_word = "*" },
  { "CRAM-MD5", MAIL_SECRET_PASSWORD, .is_server_first = TRUE, .step = step_cram_md5, .last_word = "*" },
  { "PLAIN", MAIL_SECRET_PASSWORD, .is_readable = TRUE, .step = step_plain, .last_word = "*" },
  { "LOGIN", MAIL_SECRET_PASSWORD, .is_readable = TRUE, .is_server_first = TRUE, .step = step_login, .last_word = "*" },
  { "OAUTHBEARER", MAIL_SECRET_OAUTH_TOKEN, .is_readable = TRUE, .step = step_oauthbearer, .last_word = "AQ==" },
  { "XOAUTH2", MAIL_SECRET_OAUTH_TOKEN, .is_readable = TRUE, .step = step_xoauth2, .last_word = "" },
};

static void
net_sasl_finalize (GObject *object)
{
  NetSasl *self = NET_SASL (object);

  net_scram_free (self->scram);
  g_clear_pointer (&self->login, mail_login_unref);
  G_OBJECT_CLASS (net_sasl_parent_class)->finalize (object);
}

static void
net_sasl_class_init (NetSaslClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = net_sasl_finalize;
}

static void
net_sasl_init (NetSasl *self)
{
}

static gboolean
is_offered (const char *const *offered, const char *name)
{
  for (; offered && *offered; offered++)
    if (g_ascii_strcasecmp (*offered, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
offers_binding (const char *const *offered)
{
  return is_offered (offered, "SCRAM-SHA-256-PLUS") || is_offered (offered, "SCRAM-SHA-1-PLUS");
}

static const Mechanism *
choose (MailLogin *login, const char *const *offered, gboolean may_be_readable, gboolean has_binding, gboolean external_works,
        gboolean *was_readable)
{
  *was_readable = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      const Mechanism *one = &mechanisms[i];
      gboolean is_external = one->step == step_external;

      if (is_external ? !external_works : one->kind != mail_login_get_secret_kind (login))
        continue;
      if (!is_offered (offered, one->name) || (one->needs_binding && !has_binding))
        continue;
      if (!one->is_readable || may_be_readable)
        return one;
      *was_readable = TRUE;
    }
  return NULL;
}

static void
set_no_mechanism (MailLogin *login, const char *const *offered, gboolean was_readable, GError **error)
{
  g_autofree char *list = offered && *offered ? g_strjoinv (", ", (char **) offered) : g_strdup ("none");
  g_autofree char *names = g_utf8_make_valid (list, -1);

  if (was_readable)
    g_set_error (error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED,
                 "%s only lets in those who show their password unencrypted (it offers: %.500s).",
                 mail_login_get_host (login), names);
  else
    g_set_error (error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED, "%s offers no way to log in that is known here (it offers: %.500s).",
                 mail_login_get_host (login), names);
}

static gboolean
prepare_scram (NetSasl *self, const char *const *offered, GBytes *binding, const char *binding_type, GError **error)
{
  NetScramBinding kind = NET_SCRAM_NO_BINDING;

  if (self->mechanism->needs_binding)
    kind = NET_SCRAM_BINDING;
  else if (binding && !offers_binding (offered))
    kind = NET_SCRAM_BINDING_NOT_ASKED;
  self->scram = net_scram_new (self->mechanism->hash, mail_login_get_user (self->login), mail_login_get_secret (self->login),
                               kind, binding_type, binding, NULL, error);
  return self->scram != NULL;
}

/* What separates fields inside the mechanisms must not come from a user name or token. */
static gboolean
check_characters (MailLogin *login, GError **error)
{
  const char *user = mail_login_get_user (login), *secret = mail_login_get_secret (login);
  gboolean is_token = mail_login_get_secret_kind (login) == MAIL_SECRET_OAUTH_TOKEN;

  for (; *user && !g_ascii_iscntrl (*user); user++)
    ;
  for (; is_token && *secret && g_ascii_isgraph (*secret); secret++)
    ;
  if (!*user && (!is_token || !*secret))
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The %s for %s has characters that cannot be sent.",
               *user ? "user name" : "access token", mail_login_get_host (login));
  return FALSE;
}

NetSasl *
net_sasl_new (MailLogin *login, const char *const *offered, gboolean is_encrypted,
              GBytes *channel_binding, const char *channel_binding_type, gboolean external_works, GError **error)
{
  g_autoptr (NetSasl) self = g_object_new (NET_TYPE_SASL, NULL);
  gboolean may_be_readable = is_encrypted || mail_login_get_security (login) == MAIL_SECURITY_PLAINTEXT;
  GBytes *binding = is_encrypted && channel_binding_type ? channel_binding : NULL;
  gboolean was_readable;

  self->login = mail_login_ref (login);
  self->mechanism = choose (login, offered, may_be_readable, binding != NULL, external_works, &was_readable);
  if (!self->mechanism)
    {
      set_no_mechanism (login, offered, was_readable, error);
      return NULL;
    }
  if (self->mechanism->kind != MAIL_SECRET_NONE && !*mail_login_get_secret (login))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NO_PASSWORD, "There is no password for %s.", mail_login_get_host (login));
      return NULL;
    }
  if (!check_characters (login, error)
      || (self->mechanism->step == step_scram && !prepare_scram (self, offered, binding, channel_binding_type, error)))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
net_sasl_get_mechanism (NetSasl *self)
{
  return self->mechanism->name;
}

const char *
net_sasl_get_last_word (NetSasl *self)
{
  return self->n_sent > 0 ? self->mechanism->last_word : "*";
}

void
net_sasl_wipe (char *answer)
{
  if (answer)
    gnutls_memset (answer, 0, strlen (answer));
  g_free (answer);
}

/* Returns: (transfer full): the next answer in base64 */
static char *
take_step (NetSasl *self, const char *challenge, gsize length, GError **error)
{
  GString *answer = self->mechanism->step (self, challenge, length, error);
  char *text;

  if (!answer)
    {
      self->is_broken = TRUE;
      self->is_done = FALSE;
      return NULL;
    }
  self->n_sent++;
  text = g_base64_encode ((const guint8 *) answer->str, answer->len);
  gnutls_memset (answer->str, 0, answer->len);
  g_string_free (answer, TRUE);
  return text;
}

char *
net_sasl_get_initial_response (NetSasl *self)
{
  g_autofree char *text = NULL;

  if (self->mechanism->is_server_first || self->n_sent > 0)
    return NULL;
  text = take_step (self, "", 0, NULL);
  return text && !*text ? g_strdup ("=") : g_steal_pointer (&text);
}

/* Returns: (transfer full): the bytes, ended by '\0'; strictly decoded */
static char *
decode (NetSasl *self, const char *challenge, gsize *length, GError **error)
{
  gnutls_datum_t in = { (void *) challenge, strlen (challenge) }, out = { NULL, 0 };
  char *bytes;

  *length = 0;
  if (in.size == 0 || g_str_equal (challenge, "=") || self->mechanism->step == step_login)
    return g_strdup ("");
  if (in.size > MAX_CHALLENGE || in.size % 4 != 0
      || strspn (challenge, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != in.size
      || gnutls_base64_decode2 (&in, &out) < 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_PROTOCOL, "The server's login challenge is not base64.");
      return NULL;
    }
  bytes = g_strndup ("", out.size);
  memcpy (bytes, out.data, out.size);
  *length = out.size;
  gnutls_free (out.data);
  return bytes;
}

char *
net_sasl_respond (NetSasl *self, const char *challenge, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (self->is_broken)
    {
      set_unexpected (self, error);
      return NULL;
    }
  bytes = decode (self, challenge, &length, error);
  if (!bytes)
    {
      self->is_broken = TRUE;
      self->is_done = FALSE;
      return NULL;
    }
  return take_step (self, bytes, length, error);
}

gboolean
net_sasl_awaits_proof (NetSasl *self)
{
  return self->scram && !self->is_broken && self->n_sent == 2;
}

static gboolean
check_scram_proof (NetSasl *self, const char *final_data, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (net_scram_is_proved (self->scram))
    return TRUE;
  if (final_data && *final_data)
    {
      bytes = decode (self, final_data, &length, error);
      return bytes && net_scram_check (self->scram, bytes, length, error);
    }
  g_set_error (error, BASE_ERROR, BASE_ERROR_ATTACK,
               "%s let us in without proving that it knows the password: somebody may pretend to be it.",
               mail_login_get_host (self->login));
  return FALSE;
}

gboolean
net_sasl_finish (NetSasl *self, const char *final_data, GError **error)
{
  if (self->scram && !self->is_broken)
    return check_scram_proof (self, final_data, error);
  if (self->is_done)
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL, "%s said yes before %s was through.", mail_login_get_host (self->login),
               self->mechanism->name);
  return FALSE;
}
