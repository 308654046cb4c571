#!/bin/sh
# Writes the assembly (x86-64, System V) for functions of shared libraries that are found when first called.
# usage: lazy.sh OBJECT_LIST LIBRARY… > lazy.S
# An entry jumps through its slot. The slot leads to the entry's own tail at first, which asks `thecal_lazy_find` with all
# registers of arguments kept, and to the function ever after. Two threads that come first find the same.
set -eu
objects=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tr '\n' '\0' < "$objects" | sed "s/'//g" | xargs -0 nm -u 2> /dev/null | awk '$1 == "U" { print $2 }' | sort -u > "$work/wanted"
: > "$work/table"
for library in "$@"; do
  soname=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
  nm -D --defined-only "$library" | awk '$2 ~ /[TWi]/ { sub(/@.*/, "", $3); print $3 }' | sort -u | comm -12 - "$work/wanted" |
    sed "s/^/$soname /" >> "$work/table"
done
sort -k2,2 -u "$work/table" > "$work/unique"
awk '
  function text(label, words) { printf ".section .rodata.str1.1,\"aMS\",@progbits,1\n%s: .string \"%s\"\n", label, words }
  {
    if (!($1 in library)) { library[$1] = NR; text(".Llibrary" NR, $1) }
    text(".Lname" NR, $2)
    printf ".data\n.balign 8\n.Lslot%d: .quad .Ltail%d\n", NR, NR
    printf ".text\n.globl %s\n.hidden %s\n.type %s, @function\n%s:\n  endbr64\n  jmp *.Lslot%d(%%rip)\n", $2, $2, $2, $2, NR
    printf ".Ltail%d:\n  endbr64\n  pushq $%d\n  leaq .Lslot%d(%%rip), %%r11\n  pushq %%r11\n  jmp .Lfind\n", NR, NR - 1, NR
    entries = entries sprintf("  .quad .Llibrary%d, .Lname%d\n", library[$1], NR)
  }
  END {
    print ".section .data.rel.ro,\"aw\",@progbits\n.balign 8\n.globl thecal_lazy_table\n.hidden thecal_lazy_table"
    printf "thecal_lazy_table:\n%s", entries
    print ".text\n.Lfind:"
    # On the stack: slot, index, return address. Arguments stand in six integer and eight vector registers; al counts the latter.
    n = split("rax rdi rsi rdx rcx r8 r9 r10", r, " ")
    for (i = 1; i <= n; i++) printf "  pushq %%%s\n", r[i]
    print "  subq $136, %rsp"
    for (i = 0; i < 8; i++) printf "  movups %%xmm%d, %d(%%rsp)\n", i, 16 * i
    # 8 registers and 136 bytes are 200: index at 208, slot at 200. The stack was 8 below a multiple of 16 at the entry.
    print "  movq 208(%rsp), %rdi\n  call thecal_lazy_find\n  movq 200(%rsp), %r11\n  movq %rax, (%r11)\n  movq %rax, 208(%rsp)"
    for (i = 0; i < 8; i++) printf "  movups %d(%%rsp), %%xmm%d\n", 16 * i, i
    print "  addq $136, %rsp"
    for (i = n; i >= 1; i--) printf "  popq %%%s\n", r[i]
    print "  addq $8, %rsp\n  popq %r11\n  jmp *%r11"
    print ".section .note.GNU-stack,\"\",@progbits"
  }' "$work/unique"
