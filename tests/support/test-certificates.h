/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Throw-away certificates, made at run time, for servers on this machine: a good one and one for each fault. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  TEST_CERTIFICATE_GOOD,         /* signed by the test CA; for localhost, 127.0.0.1 and ::1; from yesterday to tomorrow */
  TEST_CERTIFICATE_EXPIRED,      /* as good, but ended on 2020-02-03 */
  TEST_CERTIFICATE_NOT_YET,      /* as good, but begins on 2090-05-06 */
  TEST_CERTIFICATE_WRONG_HOST,   /* as good, but for mail.elsewhere.example and *.elsewhere.example */
  TEST_CERTIFICATE_SELF_SIGNED,  /* for the right names, signed by itself */
  TEST_CERTIFICATE_OTHER_CA,     /* for the right names, signed by a CA that is not the test CA */
  TEST_CERTIFICATE_ALL_WRONG,    /* expired, for another host, signed by the other CA */
  TEST_CERTIFICATE_HOSTILE,      /* as good, but named with line ends, direction marks, and fifty names */
  TEST_N_CERTIFICATES
} TestCertificateKind;

/* All of them are made once a process (elliptic curves: some milliseconds) and live as long as it. Any thread. */

/* test_certificate_get: (transfer none): with its private key, for a server to use */
GTlsCertificate *test_certificate_get (TestCertificateKind kind);

/* test_certificate_get_pem: (transfer none): one PEM block, without the key */
const char *test_certificate_get_pem (TestCertificateKind kind);

/* test_certificate_get_fingerprint: (transfer none): SHA-256 of the DER form, lower-case hex: what mail_login_set_trust () takes */
const char *test_certificate_get_fingerprint (TestCertificateKind kind);

/* test_certificate_get_ca_pem: (transfer none): the test CA ("Posthorn Test CA"), for mail_login_set_trust () or a file */
const char *test_certificate_get_ca_pem (void);

G_END_DECLS
