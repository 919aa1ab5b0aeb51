/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's settings: properties, and what makes them valid. */
#include "account.h"

#include "base-error.h"
#include "mail-address.h"

#include <string.h>

#define DEFAULT_LEAVE_DAYS 14
#define DEFAULT_CHECK_MINUTES 10
#define MAX_LEAVE_DAYS 3650
#define MAX_KEEP_DAYS 36500
#define MAX_CHECK_MINUTES (7 * 24 * 60)
#define MAX_USER 1024

typedef struct
{
  char *host;
  guint port;
  MailSecurity security;
  char *user;
} Server;

struct _Account
{
  GObject parent_instance;

  gint64 id;
  char *title;
  char *person_name;
  char *email;
  AccountProtocol protocol;
  Server servers[2]; /* by AccountDirection */
  gboolean outgoing_authenticates;
  gboolean same_password;
  AccountLeave leave;
  guint leave_days;
  gint64 headers_above;
  gint64 keep_days;
  gboolean watches;
  guint check_minutes;
  guint deleted_days, junk_days;
  char *reply_to;
  char *signature;
  char **identities; /* AccountIdentityValue */
  char *ca_pem;
  char **exceptions; /* "host:port=fingerprint" */
};

G_DEFINE_FINAL_TYPE (Account, account, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_TITLE,
  PROP_PERSON_NAME,
  PROP_EMAIL,
  PROP_PROTOCOL,
  PROP_INCOMING_HOST,
  PROP_INCOMING_PORT,
  PROP_INCOMING_SECURITY,
  PROP_INCOMING_USER,
  PROP_OUTGOING_HOST,
  PROP_OUTGOING_PORT,
  PROP_OUTGOING_SECURITY,
  PROP_OUTGOING_USER,
  PROP_OUTGOING_AUTHENTICATES,
  PROP_SAME_PASSWORD,
  PROP_LEAVE,
  PROP_LEAVE_DAYS,
  PROP_HEADERS_ABOVE,
  PROP_KEEP_DAYS,
  PROP_WATCHES,
  PROP_CHECK_MINUTES,
  PROP_DELETED_DAYS,
  PROP_JUNK_DAYS,
  PROP_REPLY_TO,
  PROP_SIGNATURE,
  PROP_IDENTITIES,
  PROP_CA_PEM,
  PROP_EXCEPTIONS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Each set_… tells whether the value is another one, so that only real changes are notified. */
static gboolean
set_string (char **field, const char *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

static gboolean
set_text (char **field, const char *value)
{
  return set_string (field, value ? value : "");
}

/* Addresses, hosts and user names get pasted with a blank around them; none of them begins or ends with one. */
static gboolean
set_trimmed (char **field, const char *value)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (value ? value : ""));

  return set_string (field, trimmed);
}

static gboolean
set_uint (guint *field, guint value)
{
  gboolean is_other = *field != value;

  *field = value;
  return is_other;
}

static gboolean
set_int64 (gint64 *field, gint64 value)
{
  gboolean is_other = *field != value;

  *field = value;
  return is_other;
}

static gboolean
set_boolean (gboolean *field, gboolean value)
{
  gboolean is_other = !*field != !value;

  *field = !!value;
  return is_other;
}

static gboolean
set_list (char ***field, const char *const *value)
{
  static const char *const none[] = { NULL };

  if (g_strv_equal ((const char *const *) *field, value ? value : none))
    return FALSE;
  g_strfreev (*field);
  *field = g_strdupv ((char **) (value ? value : none));
  return TRUE;
}

static void
account_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  Account *self = ACCOUNT_ACCOUNT (object);
  const Server *in = &self->servers[ACCOUNT_INCOMING];
  const Server *out = &self->servers[ACCOUNT_OUTGOING];

  switch (id)
    {
    case PROP_ID: g_value_set_int64 (value, self->id); break;
    case PROP_TITLE: g_value_set_string (value, account_get_title (self)); break;
    case PROP_PERSON_NAME: g_value_set_string (value, self->person_name); break;
    case PROP_EMAIL: g_value_set_string (value, self->email); break;
    case PROP_PROTOCOL: g_value_set_int (value, self->protocol); break;
    case PROP_INCOMING_HOST: g_value_set_string (value, in->host); break;
    case PROP_INCOMING_PORT: g_value_set_uint (value, in->port); break;
    case PROP_INCOMING_SECURITY: g_value_set_int (value, in->security); break;
    case PROP_INCOMING_USER: g_value_set_string (value, in->user); break;
    case PROP_OUTGOING_HOST: g_value_set_string (value, out->host); break;
    case PROP_OUTGOING_PORT: g_value_set_uint (value, out->port); break;
    case PROP_OUTGOING_SECURITY: g_value_set_int (value, out->security); break;
    case PROP_OUTGOING_USER: g_value_set_string (value, out->user); break;
    case PROP_OUTGOING_AUTHENTICATES: g_value_set_boolean (value, self->outgoing_authenticates); break;
    case PROP_SAME_PASSWORD: g_value_set_boolean (value, self->same_password); break;
    case PROP_LEAVE: g_value_set_int (value, self->leave); break;
    case PROP_LEAVE_DAYS: g_value_set_uint (value, self->leave_days); break;
    case PROP_HEADERS_ABOVE: g_value_set_int64 (value, self->headers_above); break;
    case PROP_KEEP_DAYS: g_value_set_int64 (value, self->keep_days); break;
    case PROP_WATCHES: g_value_set_boolean (value, self->watches); break;
    case PROP_CHECK_MINUTES: g_value_set_uint (value, self->check_minutes); break;
    case PROP_DELETED_DAYS: g_value_set_uint (value, self->deleted_days); break;
    case PROP_JUNK_DAYS: g_value_set_uint (value, self->junk_days); break;
    case PROP_REPLY_TO: g_value_set_string (value, self->reply_to); break;
    case PROP_SIGNATURE: g_value_set_string (value, self->signature); break;
    case PROP_IDENTITIES: g_value_set_boxed (value, self->identities); break;
    case PROP_CA_PEM: g_value_set_string (value, self->ca_pem); break;
    case PROP_EXCEPTIONS: g_value_set_boxed (value, self->exceptions); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
set_value (Account *self, guint id, const GValue *value)
{
  Server *in = &self->servers[ACCOUNT_INCOMING];
  Server *out = &self->servers[ACCOUNT_OUTGOING];

  switch (id)
    {
    case PROP_ID: return set_int64 (&self->id, g_value_get_int64 (value));
    case PROP_TITLE: return set_text (&self->title, g_value_get_string (value));
    case PROP_PERSON_NAME: return set_text (&self->person_name, g_value_get_string (value));
    case PROP_EMAIL: return set_trimmed (&self->email, g_value_get_string (value));
    case PROP_PROTOCOL: return set_uint (&self->protocol, g_value_get_int (value));
    case PROP_INCOMING_HOST: return set_trimmed (&in->host, g_value_get_string (value));
    case PROP_INCOMING_PORT: return set_uint (&in->port, g_value_get_uint (value));
    case PROP_INCOMING_SECURITY: return set_uint (&in->security, g_value_get_int (value));
    case PROP_INCOMING_USER: return set_trimmed (&in->user, g_value_get_string (value));
    case PROP_OUTGOING_HOST: return set_trimmed (&out->host, g_value_get_string (value));
    case PROP_OUTGOING_PORT: return set_uint (&out->port, g_value_get_uint (value));
    case PROP_OUTGOING_SECURITY: return set_uint (&out->security, g_value_get_int (value));
    case PROP_OUTGOING_USER: return set_trimmed (&out->user, g_value_get_string (value));
    case PROP_OUTGOING_AUTHENTICATES: return set_boolean (&self->outgoing_authenticates, g_value_get_boolean (value));
    case PROP_SAME_PASSWORD: return set_boolean (&self->same_password, g_value_get_boolean (value));
    case PROP_LEAVE: return set_uint (&self->leave, g_value_get_int (value));
    case PROP_LEAVE_DAYS: return set_uint (&self->leave_days, g_value_get_uint (value));
    case PROP_HEADERS_ABOVE: return set_int64 (&self->headers_above, g_value_get_int64 (value));
    case PROP_KEEP_DAYS: return set_int64 (&self->keep_days, g_value_get_int64 (value));
    case PROP_WATCHES: return set_boolean (&self->watches, g_value_get_boolean (value));
    case PROP_CHECK_MINUTES: return set_uint (&self->check_minutes, g_value_get_uint (value));
    case PROP_DELETED_DAYS: return set_uint (&self->deleted_days, g_value_get_uint (value));
    case PROP_JUNK_DAYS: return set_uint (&self->junk_days, g_value_get_uint (value));
    case PROP_REPLY_TO: return set_trimmed (&self->reply_to, g_value_get_string (value));
    case PROP_SIGNATURE: return set_text (&self->signature, g_value_get_string (value));
    case PROP_IDENTITIES: return set_list (&self->identities, g_value_get_boxed (value));
    case PROP_CA_PEM: return set_string (&self->ca_pem, g_value_get_string (value));
    case PROP_EXCEPTIONS: return set_list (&self->exceptions, g_value_get_boxed (value));
    default: return FALSE;
    }
}

static void
account_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  Account *self = ACCOUNT_ACCOUNT (object);
  gboolean title_was_email = *self->title == '\0';

  if (!set_value (self, id, value))
    return;
  g_object_notify_by_pspec (object, pspec);
  if (id == PROP_EMAIL && title_was_email)
    g_object_notify_by_pspec (object, props[PROP_TITLE]);
}

static void
account_finalize (GObject *object)
{
  Account *self = ACCOUNT_ACCOUNT (object);

  g_free (self->title);
  g_free (self->person_name);
  g_free (self->email);
  for (gsize i = 0; i < G_N_ELEMENTS (self->servers); i++)
    {
      g_free (self->servers[i].host);
      g_free (self->servers[i].user);
    }
  g_free (self->reply_to);
  g_free (self->signature);
  g_strfreev (self->identities);
  g_free (self->ca_pem);
  g_strfreev (self->exceptions);
  G_OBJECT_CLASS (account_parent_class)->finalize (object);
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)
#define TEXT(name) g_param_spec_string (name, NULL, NULL, NULL, FLAGS)
#define NUMBER(name, max, value) g_param_spec_uint (name, NULL, NULL, 0, max, value, FLAGS)
#define CHOICE(name, max, value) g_param_spec_int (name, NULL, NULL, 0, max, value, FLAGS)
#define CLAIM(name) g_param_spec_boolean (name, NULL, NULL, TRUE, FLAGS)

static void
account_class_init (AccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = account_get_property;
  object_class->set_property = account_set_property;
  object_class->finalize = account_finalize;

  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, FLAGS);
  props[PROP_TITLE] = TEXT ("title");
  props[PROP_PERSON_NAME] = TEXT ("person-name");
  props[PROP_EMAIL] = TEXT ("email");
  props[PROP_PROTOCOL] = CHOICE ("protocol", ACCOUNT_IMAP, ACCOUNT_POP3);
  props[PROP_INCOMING_HOST] = TEXT ("incoming-host");
  props[PROP_INCOMING_PORT] = NUMBER ("incoming-port", 65535, 995);
  props[PROP_INCOMING_SECURITY] = CHOICE ("incoming-security", MAIL_SECURITY_PLAINTEXT, MAIL_SECURITY_TLS);
  props[PROP_INCOMING_USER] = TEXT ("incoming-user");
  props[PROP_OUTGOING_HOST] = TEXT ("outgoing-host");
  props[PROP_OUTGOING_PORT] = NUMBER ("outgoing-port", 65535, 465);
  props[PROP_OUTGOING_SECURITY] = CHOICE ("outgoing-security", MAIL_SECURITY_PLAINTEXT, MAIL_SECURITY_TLS);
  props[PROP_OUTGOING_USER] = TEXT ("outgoing-user");
  props[PROP_OUTGOING_AUTHENTICATES] = CLAIM ("outgoing-authenticates");
  props[PROP_SAME_PASSWORD] = CLAIM ("same-password");
  props[PROP_LEAVE] = CHOICE ("leave", ACCOUNT_LEAVE_DAYS, ACCOUNT_LEAVE_DAYS);
  props[PROP_LEAVE_DAYS] = NUMBER ("leave-days", MAX_LEAVE_DAYS, DEFAULT_LEAVE_DAYS);
  props[PROP_HEADERS_ABOVE] = g_param_spec_int64 ("headers-above", NULL, NULL, 0, G_MAXINT64, 0, FLAGS);
  props[PROP_KEEP_DAYS] = g_param_spec_int64 ("keep-days", NULL, NULL, -1, MAX_KEEP_DAYS, -1, FLAGS);
  props[PROP_WATCHES] = CLAIM ("watches");
  props[PROP_CHECK_MINUTES] = NUMBER ("check-minutes", MAX_CHECK_MINUTES, DEFAULT_CHECK_MINUTES);
  props[PROP_DELETED_DAYS] = NUMBER ("deleted-days", MAX_KEEP_DAYS, 0);
  props[PROP_JUNK_DAYS] = NUMBER ("junk-days", MAX_KEEP_DAYS, 0);
  props[PROP_REPLY_TO] = TEXT ("reply-to");
  props[PROP_SIGNATURE] = TEXT ("signature");
  props[PROP_IDENTITIES] = g_param_spec_boxed ("identities", NULL, NULL, G_TYPE_STRV, FLAGS);
  props[PROP_CA_PEM] = TEXT ("ca-pem");
  props[PROP_EXCEPTIONS] = g_param_spec_boxed ("certificate-exceptions", NULL, NULL, G_TYPE_STRV, FLAGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
account_init (Account *self)
{
  self->title = g_strdup ("");
  self->person_name = g_strdup ("");
  self->email = g_strdup ("");
  self->servers[ACCOUNT_INCOMING] = (Server) { g_strdup (""), 995, MAIL_SECURITY_TLS, g_strdup ("") };
  self->servers[ACCOUNT_OUTGOING] = (Server) { g_strdup (""), 465, MAIL_SECURITY_TLS, g_strdup ("") };
  self->outgoing_authenticates = TRUE;
  self->same_password = TRUE;
  self->leave = ACCOUNT_LEAVE_DAYS;
  self->leave_days = DEFAULT_LEAVE_DAYS;
  self->keep_days = -1;
  self->watches = TRUE;
  self->check_minutes = DEFAULT_CHECK_MINUTES;
  self->reply_to = g_strdup ("");
  self->signature = g_strdup ("");
  self->identities = g_new0 (char *, 1);
  self->exceptions = g_new0 (char *, 1);
}

Account *
account_new (void)
{
  return g_object_new (ACCOUNT_TYPE_ACCOUNT, NULL);
}

gint64
account_get_id (Account *self)
{
  return self->id;
}

const char *
account_get_title (Account *self)
{
  return *self->title ? self->title : self->email;
}

const char *
account_get_person_name (Account *self)
{
  return self->person_name;
}

const char *
account_get_email (Account *self)
{
  return self->email;
}

AccountProtocol
account_get_protocol (Account *self)
{
  return self->protocol;
}

const char *
account_get_host (Account *self, AccountDirection direction)
{
  return self->servers[direction].host;
}

guint
account_get_port (Account *self, AccountDirection direction)
{
  return self->servers[direction].port;
}

MailSecurity
account_get_security (Account *self, AccountDirection direction)
{
  return self->servers[direction].security;
}

const char *
account_get_user (Account *self, AccountDirection direction)
{
  return self->servers[direction].user;
}

gboolean
account_get_outgoing_authenticates (Account *self)
{
  return self->outgoing_authenticates;
}

gboolean
account_get_same_password (Account *self)
{
  return self->same_password;
}

AccountLeave
account_get_leave (Account *self)
{
  return self->leave;
}

guint
account_get_leave_days (Account *self)
{
  return self->leave_days;
}

gint64
account_get_headers_above (Account *self)
{
  return self->headers_above;
}

int
account_get_keep_days (Account *self)
{
  return (int) self->keep_days;
}

gboolean
account_get_watches (Account *self)
{
  return self->watches;
}

guint
account_get_check_minutes (Account *self)
{
  return self->check_minutes;
}

guint
account_get_deleted_days (Account *self)
{
  return self->deleted_days;
}

guint
account_get_junk_days (Account *self)
{
  return self->junk_days;
}

const char *
account_get_reply_to (Account *self)
{
  return self->reply_to;
}

const char *
account_get_signature (Account *self)
{
  return self->signature;
}

const char *const *
account_get_identities (Account *self)
{
  return (const char *const *) self->identities;
}

const char *
account_get_ca_pem (Account *self)
{
  return self->ca_pem;
}

const char *const *
account_get_certificate_exceptions (Account *self)
{
  return (const char *const *) self->exceptions;
}

void
account_set_server (Account *self, AccountDirection direction, const char *host, guint port, MailSecurity security, const char *user)
{
  gboolean is_incoming = direction == ACCOUNT_INCOMING;

  g_object_set (self,
                is_incoming ? "incoming-host" : "outgoing-host", host,
                is_incoming ? "incoming-port" : "outgoing-port", port,
                is_incoming ? "incoming-security" : "outgoing-security", (int) security,
                is_incoming ? "incoming-user" : "outgoing-user", user,
                NULL);
}

guint
account_default_port (AccountProtocol protocol, AccountDirection direction, MailSecurity security)
{
  if (direction == ACCOUNT_OUTGOING)
    return security == MAIL_SECURITY_TLS ? 465 : 587;
  if (protocol == ACCOUNT_IMAP)
    return security == MAIL_SECURITY_TLS ? 993 : 143;
  return security == MAIL_SECURITY_TLS ? 995 : 110;
}

static gboolean
has_control (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return TRUE;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* A name or an address, not a URL and no port behind it: those are what gets pasted */
gboolean
account_is_host (const char *host)
{
  if (*host == '\0' || strlen (host) > 253 || has_control (host))
    return FALSE;
  if (g_hostname_is_ip_address (host))
    return TRUE;
  return !strpbrk (host, " /\\@:[]()<>\"',;?#%") && *host != '.' && *host != '-' && !strstr (host, "..");
}

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error)
    *error = g_error_new_valist (BASE_ERROR, BASE_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
validate_server (const Server *server, const char *what, gboolean authenticates, GError **error)
{
  if (*server->host == '\0')
    return refuse (error, "The server for %s mail is missing.", what);
  if (!account_is_host (server->host))
    return refuse (error, "“%s” is not the name of a server for %s mail.", server->host, what);
  if (server->port == 0 || server->port > 65535)
    return refuse (error, "The port of the server for %s mail must be between 1 and 65535.", what);
  if (authenticates && *server->user == '\0')
    return refuse (error, "The user name for %s mail is missing.", what);
  if (authenticates && (strlen (server->user) > MAX_USER || has_control (server->user)))
    return refuse (error, "The user name for %s mail has characters that no user name has.", what);
  return TRUE;
}

gboolean
account_validate (Account *self, GError **error)
{
  if (*self->email == '\0')
    return refuse (error, "The e-mail address is missing.");
  if (!mail_address_is_valid (self->email))
    return refuse (error, "“%s” is not an e-mail address.", self->email);
  if (has_control (self->person_name) || has_control (self->title))
    return refuse (error, "The name has characters that no name has.");
  return validate_server (&self->servers[ACCOUNT_INCOMING], "incoming", TRUE, error)
         && validate_server (&self->servers[ACCOUNT_OUTGOING], "outgoing", self->outgoing_authenticates, error);
}

void
account_assign (Account *self, Account *other)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint id = PROP_ID; id < N_PROPS; id++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      /* the title itself, not the address that stands in for it */
      if (id == PROP_TITLE)
        {
          g_value_init (&value, G_TYPE_STRING);
          g_value_set_string (&value, other->title);
        }
      else
        g_object_get_property (G_OBJECT (other), props[id]->name, &value);
      g_object_set_property (G_OBJECT (self), props[id]->name, &value);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

Account *
account_copy (Account *self)
{
  Account *copy = account_new ();

  account_assign (copy, self);
  return copy;
}
