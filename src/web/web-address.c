/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host of the internet, and of nothing nearer: a mail may not make us ask what only we can reach. */
#include "web-address.h"

#include <string.h>

/* What a lookup found, less what is not public */

#define PUBLIC_TYPE_ENUMERATOR (public_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (PublicEnumerator, public_enumerator, PUBLIC, ENUMERATOR, GSocketAddressEnumerator)

struct _PublicEnumerator
{
  GSocketAddressEnumerator parent_instance;
  GSocketAddressEnumerator *all;
};

G_DEFINE_FINAL_TYPE (PublicEnumerator, public_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

/* A GProxyAddress is a GInetSocketAddress too: that of the proxy. */
static gboolean
may_connect (GSocketAddress *address)
{
  return G_IS_PROXY_ADDRESS (address)
         || (G_IS_INET_SOCKET_ADDRESS (address) && web_address_is_public (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))));
}

static GSocketAddress *
public_enumerator_next (GSocketAddressEnumerator *enumerator, GCancellable *cancellable, GError **error)
{
  GSocketAddress *address;

  while ((address = g_socket_address_enumerator_next (PUBLIC_ENUMERATOR (enumerator)->all, cancellable, error)) && !may_connect (address))
    g_object_unref (address);
  return address;
}

static void
on_next (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  GSocketAddress *address = g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else if (!address || may_connect (address))
    g_task_return_pointer (task, address, g_object_unref);
  else
    {
      g_object_unref (address);
      g_socket_address_enumerator_next_async (G_SOCKET_ADDRESS_ENUMERATOR (source), cancellable, on_next, g_steal_pointer (&task));
    }
}

static void
public_enumerator_next_async (GSocketAddressEnumerator *enumerator, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_socket_address_enumerator_next_async (PUBLIC_ENUMERATOR (enumerator)->all, cancellable, on_next,
                                          g_task_new (enumerator, cancellable, callback, user_data));
}

static GSocketAddress *
public_enumerator_next_finish (GSocketAddressEnumerator *enumerator, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
public_enumerator_finalize (GObject *object)
{
  g_object_unref (PUBLIC_ENUMERATOR (object)->all);
  G_OBJECT_CLASS (public_enumerator_parent_class)->finalize (object);
}

static void
public_enumerator_class_init (PublicEnumeratorClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = public_enumerator_finalize;
  enumerator_class->next = public_enumerator_next;
  enumerator_class->next_async = public_enumerator_next_async;
  enumerator_class->next_finish = public_enumerator_next_finish;
}

static void
public_enumerator_init (PublicEnumerator *self)
{
}

/* The address: a network address to TLS, which takes the host's name from it. Only the looking up differs. */

struct _WebAddress
{
  GNetworkAddress parent_instance;
};

static void web_address_connectable_init (GSocketConnectableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WebAddress, web_address, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, web_address_connectable_init))

static GSocketConnectableIface *network_address_iface;

static GSocketAddressEnumerator *
filter (GSocketAddressEnumerator *all)
{
  PublicEnumerator *self = g_object_new (PUBLIC_TYPE_ENUMERATOR, NULL);

  self->all = all;
  return G_SOCKET_ADDRESS_ENUMERATOR (self);
}

static GSocketAddressEnumerator *
web_address_enumerate (GSocketConnectable *connectable)
{
  return filter (network_address_iface->enumerate (connectable));
}

static GSocketAddressEnumerator *
web_address_proxy_enumerate (GSocketConnectable *connectable)
{
  return filter (network_address_iface->proxy_enumerate (connectable));
}

static void
web_address_connectable_init (GSocketConnectableIface *iface)
{
  network_address_iface = g_type_interface_peek_parent (iface);
  iface->enumerate = web_address_enumerate;
  iface->proxy_enumerate = web_address_proxy_enumerate;
}

static void
web_address_class_init (WebAddressClass *klass)
{
}

static void
web_address_init (WebAddress *self)
{
}

/* Where a proxy does the looking up, this is all that can be known. */
static gboolean
names_this_machine (const char *host)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);
  gsize length = strlen (host);

  if (literal)
    return !web_address_is_public (literal);
  while (length && host[length - 1] == '.')
    length--;
  return (length == 9 && g_ascii_strncasecmp (host, "localhost", 9) == 0)
         || (length > 10 && g_ascii_strncasecmp (host + length - 10, ".localhost", 10) == 0);
}

GSocketConnectable *
web_address_new (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);
  gboolean is_tls = g_str_equal (scheme, "https");

  if (!host || !*host || (!is_tls && !g_str_equal (scheme, "http")))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No address of the web");
      return NULL;
    }
  if (names_this_machine (host))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s is no host of the internet", host);
      return NULL;
    }
  return g_object_new (WEB_TYPE_ADDRESS, "hostname", host, "port", port > 0 ? port : is_tls ? 443 : 80, "scheme", scheme, NULL);
}

static gboolean
is_public_4 (const guint8 *b)
{
  static const struct { guint8 b[4]; int bits; } refused[] = {
    { { 0 }, 8 }, { { 10 }, 8 }, { { 100, 64 }, 10 }, { { 127 }, 8 }, { { 169, 254 }, 16 }, { { 172, 16 }, 12 }, { { 192, 0, 0 }, 24 },
    { { 192, 168 }, 16 }, { { 198, 18 }, 15 }, { { 224 }, 3 },
  };
  guint32 address = (guint32) b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      guint32 net = (guint32) refused[i].b[0] << 24 | refused[i].b[1] << 16 | refused[i].b[2] << 8 | refused[i].b[3];

      if ((address ^ net) >> (32 - refused[i].bits) == 0)
        return FALSE;
    }
  return TRUE;
}

/* Of what the internet uses, 2000::/3, less tunnels; besides, the two forms in which translators write an address of IPv4. */
static gboolean
is_public_6 (const guint8 *b)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 translated[12] = { 0x00, 0x64, 0xff, 0x9b };

  if (memcmp (b, mapped, 12) == 0 || memcmp (b, translated, 12) == 0)
    return is_public_4 (b + 12);
  if (b[0] == 0x20 && b[1] == 0x02) /* 6to4, RFC 3056 */
    return is_public_4 (b + 2);
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0) /* Teredo hides one */
    return FALSE;
  return (b[0] & 0xe0) == 0x20;
}

gboolean
web_address_is_public (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? is_public_4 (bytes) : is_public_6 (bytes);
}
