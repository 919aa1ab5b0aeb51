/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web-address.h"

static void
assert_public (const char *text, gboolean is_public)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  g_assert_nonnull (address);
  if (web_address_is_public (address) != is_public)
    g_error ("%s", text);
}

static void
test_public (void)
{
  static const char *const texts[] = { "9.9.9.9", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.1.1", "172.32.0.1", "192.0.2.1", "192.167.1.1",
                                       "198.17.1.1", "198.20.0.1", "223.255.255.255", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::9.9.9.9" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_public (texts[i], TRUE);
}

static void
test_private (void)
{
  static const char *const texts[] = { "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
                                       "172.16.0.1", "172.31.255.255", "192.0.0.170", "192.168.1.1", "198.18.0.1", "198.19.255.255", "224.0.0.1", "240.0.0.1",
                                       "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:192.168.1.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
                                       "2002:7f00:1::", "2002:c0a8:101::1", "2001::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_public (texts[i], FALSE);
}

static void
test_uris (void)
{
  static const struct { const char *text; int code; } uris[] = {
    { "http://localhost/", G_IO_ERROR_PERMISSION_DENIED }, { "http://LocalHost./", G_IO_ERROR_PERMISSION_DENIED },
    { "http://a.localhost:8080/", G_IO_ERROR_PERMISSION_DENIED }, { "https://127.0.0.1/", G_IO_ERROR_PERMISSION_DENIED },
    { "http://[::1]/", G_IO_ERROR_PERMISSION_DENIED }, { "http://192.168.0.1/", G_IO_ERROR_PERMISSION_DENIED },
    { "ftp://example.org/", G_IO_ERROR_INVALID_ARGUMENT }, { "http:///x", G_IO_ERROR_INVALID_ARGUMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (uris[i].text, G_URI_FLAGS_NONE, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (web_address_new (uri, &error));
      g_assert_error (error, G_IO_ERROR, uris[i].code);
    }
}

static void
test_port (void)
{
  g_autoptr (GUri) uri = g_uri_parse ("https://example.org/x", G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnectable) address = web_address_new (uri, NULL);

  g_assert_cmpstr (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)), ==, "example.org");
  g_assert_cmpint (g_network_address_get_port (G_NETWORK_ADDRESS (address)), ==, 443);
}

/* A name that resolves to this machine: the lookup is real, by way of a literal that no check of the text sees. */
static void
test_enumerates_public_only (void)
{
  g_autoptr (GSocketConnectable) address = g_object_new (WEB_TYPE_ADDRESS, "hostname", "127.0.0.1", "port", 80, "scheme", "http", NULL);
  g_autoptr (GSocketAddressEnumerator) enumerator = g_socket_connectable_enumerate (address);
  g_autoptr (GSocketAddressEnumerator) by_proxy = g_socket_connectable_proxy_enumerate (address);
  g_autoptr (GError) error = NULL;

  g_assert_null (g_socket_address_enumerator_next (enumerator, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (g_socket_address_enumerator_next (by_proxy, NULL, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/address/of-the-internet/is-public", test_public);
  g_test_add_func ("/web/address/of-something-nearer/is-not", test_private);
  g_test_add_func ("/web/address/written-out/is-refused-at-once", test_uris);
  g_test_add_func ("/web/address/without-a-port/has-the-usual-one", test_port);
  g_test_add_func ("/web/address/looked-up/yields-what-is-public", test_enumerates_public_only);
  return g_test_run ();
}
