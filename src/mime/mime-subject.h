/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subjects of answers: the prefixes of many languages and programs, made one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* mime_subject_strip: (transfer none): @subject after all "Re:", "AW:", "Fwd:", "Re[2]:", … that it begins with */
const char *mime_subject_strip (const char *subject);

G_END_DECLS
