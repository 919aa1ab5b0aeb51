/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an attachment could do to who opens it. */
#include "reader-danger.h"

#include <gio/gio.h>
#include <string.h>

static const char *const types[] = {
  "application/x-executable", "application/x-pie-executable", "application/x-sharedlib", "application/x-shellscript", "application/x-desktop",
  "application/x-ms-dos-executable", "application/vnd.microsoft.portable-executable", "application/x-dosexec", "application/x-msdownload",
  "application/x-msi", "application/x-ms-shortcut", "application/hta", "application/x-java-archive", "application/java-archive",
  "application/x-perl", "application/x-php", "application/x-ruby", "application/javascript", "text/javascript", "text/x-python",
  "application/vnd.appimage", "application/x-appimage", "application/vnd.debian.binary-package", "application/x-rpm",
  "application/vnd.flatpak", "application/vnd.flatpak.ref", "application/vnd.snap", NULL
};

static const char *const endings[] = {
  "action", "apk", "app", "appimage", "application", "appref-ms", "bat", "chm", "cmd", "com", "command", "cpl", "deb", "desktop", "dll",
  "docm", "dotm", "exe", "flatpak", "flatpakref", "gadget", "hta", "inf", "ins", "iso", "img", "jar", "js", "jse", "jnlp", "ksh", "lnk", "mde",
  "msc", "msi", "msix", "msp", "mst", "out", "pif", "pl", "pptm", "potm", "ps1", "ps1xml", "psm1", "py", "pyc", "pyw", "rb", "reg", "rpm",
  "run", "scf", "scr", "sct", "settingcontent-ms", "sh", "shb", "shs", "snap", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "workflow", "ws",
  "wsc", "wsf", "wsh", "xbap", "xlam", "xll", "xlsm", "xltm", NULL
};

static gboolean
has_dangerous_ending (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  gsize length = strlen (lower);
  const char *dot;

  while (length && strchr (". \t", lower[length - 1])) /* Windows does not see them */
    lower[--length] = '\0';
  dot = strrchr (lower, '.');
  return dot && g_strv_contains (endings, dot + 1);
}

gboolean
reader_danger_is_program (const char *name, const char *type)
{
  g_autofree char *lower = g_ascii_strdown (type ? type : "", -1);
  g_autofree char *named = g_content_type_guess (name, NULL, 0, NULL);

  if (g_strv_contains (types, lower) || has_dangerous_ending (name))
    return TRUE;
  for (gsize i = 0; types[i]; i++)
    if (g_content_type_is_mime_type (named, types[i]))
      return TRUE;
  return FALSE;
}
