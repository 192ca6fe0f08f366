# Net::FTP, as Perl's own library has it: port, user, password.
use strict;
use warnings;
use Net::FTP;

my ($port, $user, $password) = @ARGV;
my $ftp = Net::FTP->new('127.0.0.1', Port => $port, Timeout => 20) or die $@;
$ftp->login($user, $password) or die $ftp->message;

sub put {
    my ($verb, $octets, $name) = @_;
    open my $in, '<', \$octets or die $!;
    $ftp->$verb($in, $name) or die "$verb $name: " . $ftp->message;
}

sub get {
    my ($name) = @_;
    my $octets = '';
    open my $out, '>', \$octets or die $!;
    $ftp->get($name, $out) or die "get $name: " . $ftp->message;
    return $octets;
}

for my $passive (0, 1) {
    $ftp->passive($passive);
    $ftp->binary;
    put('put', "line\n" x 1000, 'parcel');
    $ftp->size('parcel') == 5000 or die 'size';
    get('parcel') eq "line\n" x 1000 or die 'parcel differs';
    $ftp->ascii;
    put('put', "a\nb\n", 'text');
    put('append', "c\n", 'text');
    get('text') eq "a\nb\nc\n" or die 'text differs';
    put('put_unique', 'one of a kind', 'wish');
    $ftp->delete($ftp->unique_name) or die 'no unique name: ' . $ftp->message;
    grep { $_ eq 'parcel' } $ftp->ls or die 'ls';
    grep { / parcel$/ } $ftp->dir or die 'dir';
    $ftp->mdtm('text') or die 'mdtm';
    $ftp->rename('text', 'other') or die $ftp->message;
    $ftp->delete($_) or die $ftp->message for 'other', 'parcel';
    $ftp->mkdir('outer/inner', 1) or die $ftp->message;
    $ftp->rmdir('outer', 1) or die $ftp->message;
}
$ftp->quit;
print "all is well\n";
